SELECT
  "本行"."_row" AS "row",
  (
    LENGTH("本行"."户主证件号码") <> 15
  ) AS "holds"
FROM "帮扶责任人" AS "本行";
