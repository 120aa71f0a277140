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
        CASE
          WHEN CASE
            WHEN (
              "本行"."参加城乡居民医保"
            ) IS TRUE OR (
              "本行"."参加职工医保"
            ) IS TRUE
            THEN TRUE
            WHEN (
              "本行"."参加城乡居民医保"
            ) IS NULL AND (
              "本行"."参加职工医保"
            ) IS NULL
            THEN NULL
            ELSE FALSE
          END
          THEN TRUE
          WHEN (
            (
              NOT "本行"."参加城乡居民医保"
            )
            AND (
              NOT CASE
                WHEN (
                  "本行"."参加职工医保" IS NULL
                ) IS TRUE OR (
                  "本行"."参加城乡居民医保" IS NULL
                ) IS TRUE
                THEN TRUE
                WHEN (
                  "本行"."参加职工医保" IS NULL
                ) IS NULL AND (
                  "本行"."参加城乡居民医保" IS NULL
                ) IS NULL
                THEN NULL
                ELSE FALSE
              END
            )
          )
          THEN FALSE
          ELSE NULL
        END
      )
      AND (
        (
          "本行"."成员状态" IS NULL OR "本行"."成员状态" IN ('正常', '转入')
        )
      )
    )
    OR (
      (
        "本行.统计1"."v" > 0
      )
    ) AS "v"
  FROM "人口" AS "本行"
  LEFT JOIN (
    SELECT
      "本行.医保参保.link"."l" AS "l",
      COUNT("本行.医保参保"."_row") FILTER(WHERE
        (
          "本行.医保参保"."参保状态" = '已参保'
        )) AS "v"
    FROM "人口→医保参保" AS "本行.医保参保.link"
    LEFT JOIN "医保参保" AS "本行.医保参保"
      ON "本行.医保参保"."_row" = "本行.医保参保.link"."r"
    GROUP BY
      "本行.医保参保.link"."l"
  ) AS "本行.统计1"
    ON "本行.统计1"."l" = "本行"."_row"
  WHERE
    NOT (
      (
        CASE
          WHEN CASE
            WHEN (
              "本行"."参加城乡居民医保"
            ) IS TRUE OR (
              "本行"."参加职工医保"
            ) IS TRUE
            THEN TRUE
            WHEN (
              "本行"."参加城乡居民医保"
            ) IS NULL AND (
              "本行"."参加职工医保"
            ) IS NULL
            THEN NULL
            ELSE FALSE
          END
          THEN TRUE
          WHEN (
            (
              NOT "本行"."参加城乡居民医保"
            )
            AND (
              NOT CASE
                WHEN (
                  "本行"."参加职工医保" IS NULL
                ) IS TRUE OR (
                  "本行"."参加城乡居民医保" IS NULL
                ) IS TRUE
                THEN TRUE
                WHEN (
                  "本行"."参加职工医保" IS NULL
                ) IS NULL AND (
                  "本行"."参加城乡居民医保" IS NULL
                ) IS NULL
                THEN NULL
                ELSE FALSE
              END
            )
          )
          THEN FALSE
          ELSE NULL
        END
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
