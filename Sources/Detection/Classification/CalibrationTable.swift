// SPDX-License-Identifier: Apache-2.0

extension ProbabilityCalibration {
    /// The calibration in use, made by `psws-bench calibrate --swift --scenes 4 --seconds 90.0 --seed 1`.
    ///
    /// The scenes are `CalibrationTrials`, the prior rates `NaturalRates.standard`; the weights belong to excess,
    /// frames, misfit, drift and disturbance, in this order.
    public static let standard = ProbabilityCalibration(models: [
        // 12 of 14 reports were right.
        Subject(.jupiter, .cosmicRay): ProbabilityModel(
            intercept: -2.707, weights: [0.0, 0.0, 0.0, 0.0, 0.0],
            trueReportsPerHour: 0.6674,
            falseReportsPerHour: 10.0),
        // 21 of 51 reports were right.
        Subject(.jupiter, .fireball): ProbabilityModel(
            intercept: -3.259, weights: [0.0, -1.585, -0.3527, -0.6875, -6.117],
            trueReportsPerHour: 0.001194,
            falseReportsPerHour: 300.0),
        // 23 of 26 reports were right.
        Subject(.jupiter, .other): ProbabilityModel(
            intercept: 11.92, weights: [0.0, 0.0, 0.0, 0.0, 0.0],
            trueReportsPerHour: 230.0,
            falseReportsPerHour: 0.001528),
        // 40 of 44 reports were right.
        Subject(.jupiter, .satellite): ProbabilityModel(
            intercept: -6.567, weights: [0.0, 0.0, 0.0, 0.0, 0.0],
            trueReportsPerHour: 0.05625,
            falseReportsPerHour: 40.0),
        // 89 of 90 reports were right.
        Subject(.moon, .cosmicRay): ProbabilityModel(
            intercept: 7.079, weights: [0.0, 0.0, 0.0, 0.0, 0.0],
            trueReportsPerHour: 14.84,
            falseReportsPerHour: 0.0125),
        // 80 of 81 reports were right.
        Subject(.moon, .lunarFlash): ProbabilityModel(
            intercept: 2.037, weights: [0.0, 0.0, 0.0, 0.0, 0.0],
            trueReportsPerHour: 0.06708,
            falseReportsPerHour: 0.00875),
        // 124 of 128 reports were right.
        Subject(.moon, .satellite): ProbabilityModel(
            intercept: 5.619, weights: [0.0, 0.0, 0.0, 0.0, 0.0],
            trueReportsPerHour: 1.034,
            falseReportsPerHour: 0.00375),
        // 48 of 48 reports were right.
        Subject(.sky, .cosmicRay): ProbabilityModel(
            intercept: 4.575, weights: [0.0, 0.0, 0.0, 0.0, 0.0],
            trueReportsPerHour: 13.47,
            falseReportsPerHour: 0.1389),
        // 54 of 95 reports were right.
        Subject(.sky, .meteor): ProbabilityModel(
            intercept: 1.368, weights: [0.2645, -0.5006, 0.0, 0.0, 0.0],
            trueReportsPerHour: 3.785,
            falseReportsPerHour: 2.882),
        // 72 of 72 reports were right.
        Subject(.sky, .satellite): ProbabilityModel(
            intercept: 4.977, weights: [0.0, 0.0, 0.0, 0.0, 0.0],
            trueReportsPerHour: 20.14,
            falseReportsPerHour: 0.1389),
    ])
}
