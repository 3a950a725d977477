import * as z from 'zod';
/** As a registered model is named: no `/` and no `:`, which addresses of models hold. */
export declare const modelName: z.ZodString;
/** One model. */
export declare const modelDefinition: z.ZodObject<
  {
    data: z.ZodOptional<
      z.ZodObject<
        {
          holdout: z.ZodString;
          features: z.ZodOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>>;
        },
        z.core.$strict
      >
    >;
    approvals: z.ZodOptional<
      z.ZodObject<
        {
          need: z.ZodDefault<z.ZodNumber>;
          from: z.ZodOptional<z.ZodArray<z.ZodString>>;
          not_author: z.ZodDefault<z.ZodBoolean>;
          expires: z.ZodOptional<z.ZodString>;
        },
        z.core.$strict
      >
    >;
    protects: z.ZodDefault<z.ZodArray<z.ZodString>>;
    gates: z.ZodDefault<
      z.ZodArray<
        z.ZodDiscriminatedUnion<
          [
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'metric'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                metric: z.ZodString;
                op: z.ZodEnum<{
                  '<': '<';
                  '<=': '<=';
                  '>': '>';
                  '>=': '>=';
                }>;
                value: z.ZodNumber;
                use: z.ZodDefault<
                  z.ZodEnum<{
                    interval: 'interval';
                    logged: 'logged';
                    point: 'point';
                  }>
                >;
                alpha: z.ZodDefault<z.ZodNumber>;
                cluster: z.ZodOptional<z.ZodString>;
                slice: z.ZodOptional<
                  z.ZodObject<
                    {
                      where: z.ZodString;
                      min_n: z.ZodDefault<z.ZodNumber>;
                    },
                    z.core.$strict
                  >
                >;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'delta'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                against: z.ZodDefault<z.ZodString>;
                metric: z.ZodString;
                op: z.ZodDefault<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodDefault<z.ZodNumber>;
                test: z.ZodDefault<
                  z.ZodEnum<{
                    auto: 'auto';
                    bootstrap: 'bootstrap';
                    'cluster-bootstrap': 'cluster-bootstrap';
                    delong: 'delong';
                    mcnemar: 'mcnemar';
                    'paired-ci': 'paired-ci';
                  }>
                >;
                alpha: z.ZodDefault<z.ZodNumber>;
                correction: z.ZodDefault<
                  z.ZodEnum<{
                    holm: 'holm';
                    none: 'none';
                  }>
                >;
                cluster: z.ZodOptional<z.ZodString>;
                slice: z.ZodOptional<
                  z.ZodObject<
                    {
                      where: z.ZodString;
                      min_n: z.ZodDefault<z.ZodNumber>;
                    },
                    z.core.$strict
                  >
                >;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'noninferior'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                against: z.ZodDefault<z.ZodString>;
                metric: z.ZodString;
                margin: z.ZodNumber;
                test: z.ZodDefault<
                  z.ZodEnum<{
                    auto: 'auto';
                    bootstrap: 'bootstrap';
                    'cluster-bootstrap': 'cluster-bootstrap';
                    delong: 'delong';
                    mcnemar: 'mcnemar';
                    'paired-ci': 'paired-ci';
                  }>
                >;
                alpha: z.ZodDefault<z.ZodNumber>;
                correction: z.ZodDefault<
                  z.ZodEnum<{
                    holm: 'holm';
                    none: 'none';
                  }>
                >;
                cluster: z.ZodOptional<z.ZodString>;
                slice: z.ZodOptional<
                  z.ZodObject<
                    {
                      where: z.ZodString;
                      min_n: z.ZodDefault<z.ZodNumber>;
                    },
                    z.core.$strict
                  >
                >;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'slice'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                by: z.ZodOptional<z.ZodArray<z.ZodString>>;
                where: z.ZodOptional<z.ZodString>;
                metric: z.ZodString;
                max_drop: z.ZodOptional<z.ZodNumber>;
                against: z.ZodDefault<z.ZodString>;
                op: z.ZodOptional<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodOptional<z.ZodNumber>;
                min_n: z.ZodDefault<z.ZodNumber>;
                alpha: z.ZodDefault<z.ZodNumber>;
                correction: z.ZodDefault<
                  z.ZodEnum<{
                    holm: 'holm';
                    none: 'none';
                  }>
                >;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'fairness'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                attribute: z.ZodString;
                metric: z.ZodEnum<{
                  dp_diff: 'dp_diff';
                  dp_ratio: 'dp_ratio';
                  eo_diff: 'eo_diff';
                  eo_ratio: 'eo_ratio';
                  fpr_diff: 'fpr_diff';
                  ppv_diff: 'ppv_diff';
                  tpr_diff: 'tpr_diff';
                }>;
                op: z.ZodEnum<{
                  '<': '<';
                  '<=': '<=';
                  '>': '>';
                  '>=': '>=';
                }>;
                value: z.ZodNumber;
                use: z.ZodDefault<
                  z.ZodEnum<{
                    ci_lower: 'ci_lower';
                    ci_upper: 'ci_upper';
                    interval: 'interval';
                    point: 'point';
                  }>
                >;
                min_n: z.ZodDefault<z.ZodNumber>;
                positive: z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>>;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'calibration'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                metric: z.ZodDefault<
                  z.ZodEnum<{
                    brier: 'brier';
                    ece: 'ece';
                    log_loss: 'log_loss';
                  }>
                >;
                op: z.ZodDefault<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodNumber;
                use: z.ZodDefault<
                  z.ZodEnum<{
                    interval: 'interval';
                    point: 'point';
                  }>
                >;
                alpha: z.ZodDefault<z.ZodNumber>;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'latency'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                quantile: z.ZodDefault<
                  z.ZodUnion<readonly [z.ZodLiteral<0.5>, z.ZodLiteral<0.9>, z.ZodLiteral<0.95>, z.ZodLiteral<0.99>]>
                >;
                op: z.ZodDefault<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodNumber;
                unit: z.ZodDefault<
                  z.ZodEnum<{
                    ms: 'ms';
                    s: 's';
                    us: 'us';
                  }>
                >;
                batch: z.ZodDefault<z.ZodNumber>;
                use: z.ZodDefault<
                  z.ZodEnum<{
                    interval: 'interval';
                    point: 'point';
                  }>
                >;
                alpha: z.ZodDefault<z.ZodNumber>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'size'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                op: z.ZodDefault<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodNumber;
                unit: z.ZodDefault<
                  z.ZodEnum<{
                    B: 'B';
                    GB: 'GB';
                    KB: 'KB';
                    MB: 'MB';
                    kB: 'kB';
                  }>
                >;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'golden'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                path: z.ZodOptional<z.ZodString>;
                rtol: z.ZodOptional<z.ZodNumber>;
                atol: z.ZodOptional<z.ZodNumber>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'parity'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                path: z.ZodOptional<z.ZodString>;
                dataset: z.ZodOptional<z.ZodString>;
                rtol: z.ZodDefault<z.ZodNumber>;
                atol: z.ZodDefault<z.ZodNumber>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'drift'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                op: z.ZodDefault<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodDefault<z.ZodNumber>;
                against: z.ZodOptional<z.ZodDefault<z.ZodString>>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'data'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'license'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                value: z.ZodArray<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'signature'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                against: z.ZodDefault<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'doc'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                value: z.ZodArray<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'manual'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                value: z.ZodString;
              },
              z.core.$strict
            >,
          ],
          'kind'
        >
      >
    >;
  },
  z.core.$strict
>;
/** One of a bundle: an earlier version of Slipway may have accepted a rule whose metric there is not. */
export declare const carriedDefinition: z.ZodObject<
  {
    data: z.ZodOptional<
      z.ZodObject<
        {
          holdout: z.ZodString;
          features: z.ZodOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>>;
        },
        z.core.$strict
      >
    >;
    approvals: z.ZodOptional<
      z.ZodObject<
        {
          need: z.ZodDefault<z.ZodNumber>;
          from: z.ZodOptional<z.ZodArray<z.ZodString>>;
          not_author: z.ZodDefault<z.ZodBoolean>;
          expires: z.ZodOptional<z.ZodString>;
        },
        z.core.$strict
      >
    >;
    protects: z.ZodDefault<z.ZodArray<z.ZodString>>;
    gates: z.ZodDefault<
      z.ZodArray<
        z.ZodDiscriminatedUnion<
          [
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'metric'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                metric: z.ZodString;
                op: z.ZodEnum<{
                  '<': '<';
                  '<=': '<=';
                  '>': '>';
                  '>=': '>=';
                }>;
                value: z.ZodNumber;
                use: z.ZodDefault<
                  z.ZodEnum<{
                    interval: 'interval';
                    logged: 'logged';
                    point: 'point';
                  }>
                >;
                alpha: z.ZodDefault<z.ZodNumber>;
                cluster: z.ZodOptional<z.ZodString>;
                slice: z.ZodOptional<
                  z.ZodObject<
                    {
                      where: z.ZodString;
                      min_n: z.ZodDefault<z.ZodNumber>;
                    },
                    z.core.$strict
                  >
                >;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'delta'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                against: z.ZodDefault<z.ZodString>;
                metric: z.ZodString;
                op: z.ZodDefault<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodDefault<z.ZodNumber>;
                test: z.ZodDefault<
                  z.ZodEnum<{
                    auto: 'auto';
                    bootstrap: 'bootstrap';
                    'cluster-bootstrap': 'cluster-bootstrap';
                    delong: 'delong';
                    mcnemar: 'mcnemar';
                    'paired-ci': 'paired-ci';
                  }>
                >;
                alpha: z.ZodDefault<z.ZodNumber>;
                correction: z.ZodDefault<
                  z.ZodEnum<{
                    holm: 'holm';
                    none: 'none';
                  }>
                >;
                cluster: z.ZodOptional<z.ZodString>;
                slice: z.ZodOptional<
                  z.ZodObject<
                    {
                      where: z.ZodString;
                      min_n: z.ZodDefault<z.ZodNumber>;
                    },
                    z.core.$strict
                  >
                >;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'noninferior'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                against: z.ZodDefault<z.ZodString>;
                metric: z.ZodString;
                margin: z.ZodNumber;
                test: z.ZodDefault<
                  z.ZodEnum<{
                    auto: 'auto';
                    bootstrap: 'bootstrap';
                    'cluster-bootstrap': 'cluster-bootstrap';
                    delong: 'delong';
                    mcnemar: 'mcnemar';
                    'paired-ci': 'paired-ci';
                  }>
                >;
                alpha: z.ZodDefault<z.ZodNumber>;
                correction: z.ZodDefault<
                  z.ZodEnum<{
                    holm: 'holm';
                    none: 'none';
                  }>
                >;
                cluster: z.ZodOptional<z.ZodString>;
                slice: z.ZodOptional<
                  z.ZodObject<
                    {
                      where: z.ZodString;
                      min_n: z.ZodDefault<z.ZodNumber>;
                    },
                    z.core.$strict
                  >
                >;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'slice'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                by: z.ZodOptional<z.ZodArray<z.ZodString>>;
                where: z.ZodOptional<z.ZodString>;
                metric: z.ZodString;
                max_drop: z.ZodOptional<z.ZodNumber>;
                against: z.ZodDefault<z.ZodString>;
                op: z.ZodOptional<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodOptional<z.ZodNumber>;
                min_n: z.ZodDefault<z.ZodNumber>;
                alpha: z.ZodDefault<z.ZodNumber>;
                correction: z.ZodDefault<
                  z.ZodEnum<{
                    holm: 'holm';
                    none: 'none';
                  }>
                >;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'fairness'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                attribute: z.ZodString;
                metric: z.ZodEnum<{
                  dp_diff: 'dp_diff';
                  dp_ratio: 'dp_ratio';
                  eo_diff: 'eo_diff';
                  eo_ratio: 'eo_ratio';
                  fpr_diff: 'fpr_diff';
                  ppv_diff: 'ppv_diff';
                  tpr_diff: 'tpr_diff';
                }>;
                op: z.ZodEnum<{
                  '<': '<';
                  '<=': '<=';
                  '>': '>';
                  '>=': '>=';
                }>;
                value: z.ZodNumber;
                use: z.ZodDefault<
                  z.ZodEnum<{
                    ci_lower: 'ci_lower';
                    ci_upper: 'ci_upper';
                    interval: 'interval';
                    point: 'point';
                  }>
                >;
                min_n: z.ZodDefault<z.ZodNumber>;
                positive: z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>>;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'calibration'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                metric: z.ZodDefault<
                  z.ZodEnum<{
                    brier: 'brier';
                    ece: 'ece';
                    log_loss: 'log_loss';
                  }>
                >;
                op: z.ZodDefault<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodNumber;
                use: z.ZodDefault<
                  z.ZodEnum<{
                    interval: 'interval';
                    point: 'point';
                  }>
                >;
                alpha: z.ZodDefault<z.ZodNumber>;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'latency'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                quantile: z.ZodDefault<
                  z.ZodUnion<readonly [z.ZodLiteral<0.5>, z.ZodLiteral<0.9>, z.ZodLiteral<0.95>, z.ZodLiteral<0.99>]>
                >;
                op: z.ZodDefault<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodNumber;
                unit: z.ZodDefault<
                  z.ZodEnum<{
                    ms: 'ms';
                    s: 's';
                    us: 'us';
                  }>
                >;
                batch: z.ZodDefault<z.ZodNumber>;
                use: z.ZodDefault<
                  z.ZodEnum<{
                    interval: 'interval';
                    point: 'point';
                  }>
                >;
                alpha: z.ZodDefault<z.ZodNumber>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'size'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                op: z.ZodDefault<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodNumber;
                unit: z.ZodDefault<
                  z.ZodEnum<{
                    B: 'B';
                    GB: 'GB';
                    KB: 'KB';
                    MB: 'MB';
                    kB: 'kB';
                  }>
                >;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'golden'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                path: z.ZodOptional<z.ZodString>;
                rtol: z.ZodOptional<z.ZodNumber>;
                atol: z.ZodOptional<z.ZodNumber>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'parity'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                path: z.ZodOptional<z.ZodString>;
                dataset: z.ZodOptional<z.ZodString>;
                rtol: z.ZodDefault<z.ZodNumber>;
                atol: z.ZodDefault<z.ZodNumber>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'drift'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                op: z.ZodDefault<
                  z.ZodEnum<{
                    '<': '<';
                    '<=': '<=';
                    '>': '>';
                    '>=': '>=';
                  }>
                >;
                value: z.ZodDefault<z.ZodNumber>;
                against: z.ZodOptional<z.ZodDefault<z.ZodString>>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'data'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                dataset: z.ZodOptional<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'license'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                value: z.ZodArray<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'signature'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                against: z.ZodDefault<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'doc'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                value: z.ZodArray<z.ZodString>;
              },
              z.core.$strict
            >,
            z.ZodObject<
              {
                id: z.ZodString;
                kind: z.ZodLiteral<'manual'>;
                severity: z.ZodDefault<
                  z.ZodEnum<{
                    block: 'block';
                    info: 'info';
                    warn: 'warn';
                  }>
                >;
                on_missing: z.ZodOptional<
                  z.ZodEnum<{
                    fail: 'fail';
                    warn: 'warn';
                  }>
                >;
                value: z.ZodString;
              },
              z.core.$strict
            >,
          ],
          'kind'
        >
      >
    >;
  },
  z.core.$strict
>;
export type ModelDefinition = z.output<typeof modelDefinition>;
/** The lists of columns that go into versions of it, each of another length; none where slipway.yaml says none. */
export declare function featureLists({ data: judgedOn }: ModelDefinition): string[][];
