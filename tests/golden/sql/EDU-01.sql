SELECT
  "本行"."_row" AS "row",
  CASE
    WHEN (
      "本行"."在校" OR "本行.统计1"."v1" > 0
    )
    THEN TRUE
    WHEN (
      "本行"."学年年龄" BETWEEN "本行.param"."义务教育最小年龄" AND "本行.param"."义务教育最大年龄"
    )
    AND (
      "本行"."在册"
    )
    THEN (
      "本行"."在校" OR "本行.统计1"."v1" > 0
    )
  END AS "holds"
FROM "人口" AS "本行"
LEFT JOIN (
  SELECT
    "本行.控辍保学.link"."l" AS "l",
    COUNT("本行.控辍保学.link"."r") AS "v1"
  FROM "人口→控辍保学" AS "本行.控辍保学.link"
  GROUP BY
    "本行.控辍保学.link"."l"
) AS "本行.统计1"
  ON "本行.统计1"."l" = "本行"."_row"
LEFT JOIN "_参数" AS "本行.param"
  ON "本行.param"."_place" = "本行"."_place" AND "本行.param"."_year" = 2020
WHERE
  NOT (
    (
      "本行"."学年年龄" BETWEEN "本行.param"."义务教育最小年龄" AND "本行.param"."义务教育最大年龄"
    )
    AND (
      "本行"."在册"
    )
  ) IS FALSE;
