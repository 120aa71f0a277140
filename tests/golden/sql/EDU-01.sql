SELECT
  "本行"."_row" AS "row",
  (
    "本行"."在校" OR (
      "本行.统计1"."v1" > 0
    )
  ) AS "holds",
  (
    (
      (
        "本行"."学年年龄" BETWEEN "本行.param"."义务教育最小年龄" AND "本行.param"."义务教育最大年龄"
      )
      AND (
        NOT (
          (
            "本行"."学年年龄" >= "本行.param"."义务教育最大年龄"
          )
          AND COALESCE(
            GREATEST(
              (
                "本行"."文化程度" IN ('初中', '高中', '大专', '大专及以上', '本科及以上')
              ),
              (
                "本行.统计2"."v1" > 0
              ),
              (
                (
                  MONTH(CAST('2020-12-31' AS DATE)) >= 9
                ) AND (
                  "本行.上年"."在校生状况" = '九年级'
                )
              )
            ),
            FALSE
          )
        )
      )
    )
  )
  AND (
    "本行"."在册"
  ) AS "applies"
FROM "人口" AS "本行"
LEFT JOIN "人口→上年" AS "本行.上年.link"
  ON "本行.上年.link"."l" = "本行"."_row"
LEFT JOIN "往年人口" AS "本行.上年"
  ON "本行.上年"."_row" = "本行.上年.link"."r"
LEFT JOIN (
  SELECT
    "本行.控辍保学.link"."l" AS "l",
    COUNT("本行.控辍保学.link"."r") AS "v1"
  FROM "人口→控辍保学" AS "本行.控辍保学.link"
  GROUP BY
    "本行.控辍保学.link"."l"
) AS "本行.统计1"
  ON "本行.统计1"."l" = "本行"."_row"
LEFT JOIN (
  SELECT
    "本行.学籍.link"."l" AS "l",
    COUNT("本行.学籍.link"."r") FILTER(WHERE
      (
        (
          "本行.学籍"."学段" = '初中'
        ) AND (
          "本行.学籍"."学籍状态" = '毕业'
        )
      )) AS "v1"
  FROM "人口→学籍" AS "本行.学籍.link"
  LEFT JOIN "学籍" AS "本行.学籍"
    ON "本行.学籍"."_row" = "本行.学籍.link"."r"
  GROUP BY
    "本行.学籍.link"."l"
) AS "本行.统计2"
  ON "本行.统计2"."l" = "本行"."_row"
LEFT JOIN "_参数" AS "本行.param"
  ON "本行.param"."_place" = "本行"."_place" AND "本行.param"."_year" = 2020
WHERE
  NOT (
    (
      (
        (
          "本行"."学年年龄" BETWEEN "本行.param"."义务教育最小年龄" AND "本行.param"."义务教育最大年龄"
        )
        AND (
          NOT (
            (
              "本行"."学年年龄" >= "本行.param"."义务教育最大年龄"
            )
            AND COALESCE(
              GREATEST(
                (
                  "本行"."文化程度" IN ('初中', '高中', '大专', '大专及以上', '本科及以上')
                ),
                (
                  "本行.统计2"."v1" > 0
                ),
                (
                  (
                    MONTH(CAST('2020-12-31' AS DATE)) >= 9
                  ) AND (
                    "本行.上年"."在校生状况" = '九年级'
                  )
                )
              ),
              FALSE
            )
          )
        )
      )
    )
    AND (
      "本行"."在册"
    )
  ) IS FALSE;
