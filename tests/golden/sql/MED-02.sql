SELECT
  "本行"."_row" AS "row",
  (
    "本行.统计1"."v1" > 0
  ) AS "holds",
  (
    "本行"."参加基本医保"
  ) AND (
    "本行"."在册"
  ) AS "applies",
  (
    "本行.统计1"."v2" > 0
  ) AS "listed"
FROM "人口" AS "本行"
LEFT JOIN (
  SELECT
    "本行.医保参保.link"."l" AS "l",
    COUNT("本行.医保参保.link"."r") FILTER(WHERE
      (
        "本行.医保参保"."参保状态" = '已参保'
      )) AS "v1",
    COUNT("本行.医保参保.link"."r") AS "v2"
  FROM "人口→医保参保" AS "本行.医保参保.link"
  LEFT JOIN "医保参保" AS "本行.医保参保"
    ON "本行.医保参保"."_row" = "本行.医保参保.link"."r"
  GROUP BY
    "本行.医保参保.link"."l"
) AS "本行.统计1"
  ON "本行.统计1"."l" = "本行"."_row"
WHERE
  NOT (
    (
      "本行"."参加基本医保"
    ) AND (
      "本行"."在册"
    )
  ) IS FALSE;
