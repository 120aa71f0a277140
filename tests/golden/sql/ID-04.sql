SELECT
  "本行"."_row" AS "row",
  (
    LENGTH("本行"."户主证件号码") <> 15
  ) AS "holds"
FROM "户" AS "本行";
