SELECT
  "本行"."_row" AS "row",
  (
    "本行"."当年人均纯收入" < (
      "本行.param"."贫困线" * "本行.param"."漏退倍数"
    )
  ) AS "holds",
  (
    "本行"."未脱贫"
  ) AS "applies"
FROM "户" AS "本行"
LEFT JOIN "_参数" AS "本行.param"
  ON "本行.param"."_place" = "本行"."_place" AND "本行.param"."_year" = 2020
WHERE
  NOT (
    (
      "本行"."未脱贫"
    )
  ) IS FALSE;
