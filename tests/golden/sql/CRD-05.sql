SELECT
  "本行"."_row" AS "row",
  (
    (
      "本行.对应住房标识牌"."住房安全等级"
    ) = (
      "本行.本年"."住房安全等级"
    )
  ) AS "holds",
  (
    (
      CASE
        WHEN NOT "本行.对应住房标识牌.link"."l" IS NULL
        THEN NOT "本行.对应住房标识牌.link"."r" IS NULL
        ELSE NULL
      END
    )
  ) AS "applies"
FROM "户" AS "本行"
LEFT JOIN "户→对应住房标识牌" AS "本行.对应住房标识牌.link"
  ON "本行.对应住房标识牌.link"."l" = "本行"."_row"
LEFT JOIN "住房标识牌" AS "本行.对应住房标识牌"
  ON "本行.对应住房标识牌"."_row" = "本行.对应住房标识牌.link"."r"
LEFT JOIN "户→本年" AS "本行.本年.link"
  ON "本行.本年.link"."l" = "本行"."_row"
LEFT JOIN "户年度" AS "本行.本年"
  ON "本行.本年"."_row" = "本行.本年.link"."r"
WHERE
  NOT (
    (
      (
        CASE
          WHEN NOT "本行.对应住房标识牌.link"."l" IS NULL
          THEN NOT "本行.对应住房标识牌.link"."r" IS NULL
          ELSE NULL
        END
      )
    )
  ) IS FALSE;
