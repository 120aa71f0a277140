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
      LENGTH("本行"."户主证件号码") <> 15
    ) AS "v"
  FROM "户" AS "本行"
) AS "judged"
GROUP BY
  "place";
