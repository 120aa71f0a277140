SELECT
  "place",
  COUNT(*) FILTER(WHERE
    "v") AS "passed",
  COUNT(*) FILTER(WHERE
    NOT "v") AS "failed",
  COUNT(*) FILTER(WHERE
    "v" IS NULL) AS "undecided"
FROM (
  SELECT
    "本行"."_place" AS "place",
    (
      (
        "本行"."住房安全等级"
      ) = (
        "本行.户.本年"."住房安全等级"
      )
    ) AS "v"
  FROM "住房标识牌" AS "本行"
  LEFT JOIN "住房标识牌→户" AS "本行.户.link"
    ON "本行.户.link"."l" = "本行"."_row"
  LEFT JOIN "户" AS "本行.户"
    ON "本行.户"."_row" = "本行.户.link"."r"
  LEFT JOIN "户→本年" AS "本行.户.本年.link"
    ON "本行.户.本年.link"."l" = "本行.户"."_row"
  LEFT JOIN "户年度" AS "本行.户.本年"
    ON "本行.户.本年"."_row" = "本行.户.本年.link"."r"
) AS "judged"
GROUP BY
  "place";
