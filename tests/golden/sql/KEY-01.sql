SELECT
  "本行"."_row" AS "row",
  (
    "本行.统计1"."v1" = 1
  ) AS "holds"
FROM "户" AS "本行"
LEFT JOIN (
  SELECT
    "本行.同键.link"."l" AS "l",
    COUNT("本行.同键.link"."r") AS "v1"
  FROM "户→同键" AS "本行.同键.link"
  GROUP BY
    "本行.同键.link"."l"
) AS "本行.统计1"
  ON "本行.统计1"."l" = "本行"."_row";
