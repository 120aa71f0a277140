SELECT
  "本行"."_row" AS "row",
  (
    "本行"."家庭人口" = "本行"."在册人数"
  ) AS "holds",
  (
    (
      "本行.统计1"."v1" > 0
    )
  ) AS "applies"
FROM "户" AS "本行"
LEFT JOIN (
  SELECT
    "本行.全部人口.link"."l" AS "l",
    COUNT("本行.全部人口.link"."r") AS "v1"
  FROM "户→全部人口" AS "本行.全部人口.link"
  GROUP BY
    "本行.全部人口.link"."l"
) AS "本行.统计1"
  ON "本行.统计1"."l" = "本行"."_row"
WHERE
  NOT (
    (
      (
        "本行.统计1"."v1" > 0
      )
    )
  ) IS FALSE;
