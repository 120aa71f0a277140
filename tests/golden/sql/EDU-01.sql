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
    NOT (
      (
        YEARS_BETWEEN(
          COALESCE(
            CASE
              WHEN (
                NOT ID_KEY("本行"."证件号码") IS NULL
              )
              THEN ID_BIRTH("本行"."证件号码")
              ELSE NULL
            END,
            "本行"."出生日期",
            ID_BIRTH("本行"."证件号码")
          ),
          MAKE_DATE(
            (
              YEAR(CAST('2020-12-31' AS DATE)) - CASE WHEN (
                MONTH(CAST('2020-12-31' AS DATE)) >= 9
              ) THEN 0 ELSE 1 END
            ),
            8,
            31
          )
        ) BETWEEN "本行.param"."义务教育最小年龄" AND "本行.param"."义务教育最大年龄"
      )
      AND (
        (
          "本行"."成员状态" IS NULL OR "本行"."成员状态" IN ('正常', '转入')
        )
      )
    )
    OR (
      (
        CASE
          WHEN "本行"."在校生状况" IN ('非在校生', '学龄前儿童')
          THEN FALSE
          WHEN (
            NOT "本行"."在校生状况" IS NULL
          )
          THEN TRUE
          WHEN (
            2020 >= 2021
          )
          THEN FALSE
          ELSE NULL
        END
        OR "本行.统计1"."v" > 0
      )
    ) AS "v"
  FROM "人口" AS "本行"
  LEFT JOIN (
    SELECT
      "本行.控辍保学.link"."l" AS "l",
      COUNT("本行.控辍保学"."_row") AS "v"
    FROM "人口→控辍保学" AS "本行.控辍保学.link"
    LEFT JOIN "控辍保学" AS "本行.控辍保学"
      ON "本行.控辍保学"."_row" = "本行.控辍保学.link"."r"
    GROUP BY
      "本行.控辍保学.link"."l"
  ) AS "本行.统计1"
    ON "本行.统计1"."l" = "本行"."_row"
  LEFT JOIN "_参数" AS "本行.param"
    ON "本行.param"."_place" = "本行"."_place" AND "本行.param"."_year" = 2020
  WHERE
    NOT (
      (
        YEARS_BETWEEN(
          COALESCE(
            CASE
              WHEN (
                NOT ID_KEY("本行"."证件号码") IS NULL
              )
              THEN ID_BIRTH("本行"."证件号码")
              ELSE NULL
            END,
            "本行"."出生日期",
            ID_BIRTH("本行"."证件号码")
          ),
          MAKE_DATE(
            (
              YEAR(CAST('2020-12-31' AS DATE)) - CASE WHEN (
                MONTH(CAST('2020-12-31' AS DATE)) >= 9
              ) THEN 0 ELSE 1 END
            ),
            8,
            31
          )
        ) BETWEEN "本行.param"."义务教育最小年龄" AND "本行.param"."义务教育最大年龄"
      )
      AND (
        (
          "本行"."成员状态" IS NULL OR "本行"."成员状态" IN ('正常', '转入')
        )
      )
    ) IS FALSE
) AS "judged"
GROUP BY
  "place";
