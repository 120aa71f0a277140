SELECT
  "place",
  "v",
  COUNT(*) AS "n",
  LIST("row") FILTER(WHERE
    NOT "v") AS "rows"
FROM (
  SELECT
    "本行"."_row" AS "row",
    "本行"."_place" AS "place",
    (
      LENGTH("本行"."户主证件号码") <> 15
    ) AS "v"
  FROM "户" AS "本行"
) AS "judged"
GROUP BY
  "place",
  "v";
