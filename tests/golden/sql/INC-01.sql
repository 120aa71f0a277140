SELECT
  "本行"."_row" AS "row",
  WITHIN(
    "本行"."纯收入",
    (
      (
        (
          (
            "本行"."工资性收入" + "本行"."生产经营性收入"
          ) + "本行"."财产性收入"
        ) + "本行"."转移性收入"
      ) - "本行"."生产经营性支出"
    ),
    "本行.param"."金额容差"
  ) AS "holds"
FROM "户年度" AS "本行"
LEFT JOIN "_参数" AS "本行.param"
  ON "本行.param"."_place" = "本行"."_place" AND "本行.param"."_year" = "本行"."年度";
