// SPDX-License-Identifier: Apache-2.0

extension ProbabilityCalibration {
    /// The calibration in use, made by `psws-bench calibrate --swift --scenes 16 --seconds 90.0 --seed 1`.
    ///
    /// The scenes are `CalibrationTrials`, the prior rates `NaturalRates.standard`; the weights belong to excess,
    /// frames, misfit, drift and disturbance, in this order.
    public static let standard = ProbabilityCalibration(models: [
        // 95 of 95 reports were right.
        Subject(.jupiter, .cosmicRay): ProbabilityModel(
            intercept: 5.252, weights: [0.0, 0.0, 0.0, 0.0, 0.0],
            trueReportsPerHour: 1.326,
            falseReportsPerHour: 0.006944),
        // 106 of 112 reports were right.
        Subject(.jupiter, .fireball): ProbabilityModel(
            intercept: -15.68, weights: [6.362, 1.579, 0.3193, 0.7326, 0.0],
            trueReportsPerHour: 0.001479,
            falseReportsPerHour: 2.502),
        // 14 of 20 reports were right.
        Subject(.jupiter, .other): ProbabilityModel(
            intercept: 10.22, weights: [0.0, 0.3709, 0.309, 0.0947, 0.0],
            trueReportsPerHour: 35.0,
            falseReportsPerHour: 0.001424),
        // 205 of 205 reports were right.
        Subject(.jupiter, .satellite): ProbabilityModel(
            intercept: 6.019, weights: [0.0, 0.0, 0.0, 0.0, 0.0],
            trueReportsPerHour: 0.07135,
            falseReportsPerHour: 0.0001736),
        // 0 of 5 reports were right.
        Subject(.moon, .aircraft): ProbabilityModel(
            intercept: -2.398, weights: [0.0, 0.0, 0.0, 0.0, 0.0],
            trueReportsPerHour: 0.0001042,
            falseReportsPerHour: 0.001146),
        // 429 of 430 reports were right.
        Subject(.moon, .cosmicRay): ProbabilityModel(
            intercept: -3.875, weights: [0.7728, 0.0, 0.8399, 0.0, 0.0],
            trueReportsPerHour: 17.9,
            falseReportsPerHour: 2.521),
        // 424 of 425 reports were right.
        Subject(.moon, .lunarFlash): ProbabilityModel(
            intercept: -6.271, weights: [0.006325, -0.1624, -0.675, -0.1135, 0.0],
            trueReportsPerHour: 0.08844,
            falseReportsPerHour: 2.5),
        // 28 of 36 reports were right.
        Subject(.moon, .other): ProbabilityModel(
            intercept: 3.776, weights: [7.035, 0.5287, -0.1266, 0.2738, 0.0],
            trueReportsPerHour: 70.0,
            falseReportsPerHour: 0.09219),
        // 498 of 503 reports were right.
        Subject(.moon, .satellite): ProbabilityModel(
            intercept: 0.01923, weights: [1.404, -0.1919, -0.2303, -0.6581, 0.0],
            trueReportsPerHour: 1.038,
            falseReportsPerHour: 5.001),
        // 55 of 59 reports were right.
        Subject(.sky, .aircraft): ProbabilityModel(
            intercept: -5.024, weights: [6.076, -1.132, 0.0, 0.0, 0.0],
            trueReportsPerHour: 0.9635,
            falseReportsPerHour: 0.07813),
        // 184 of 185 reports were right.
        Subject(.sky, .cosmicRay): ProbabilityModel(
            intercept: 3.377, weights: [2.008, 0.0, 0.3655, 0.0, 0.0],
            trueReportsPerHour: 12.79,
            falseReportsPerHour: 0.02604),
        // 236 of 245 reports were right.
        Subject(.sky, .meteor): ProbabilityModel(
            intercept: 6.983, weights: [3.977, -3.32, 0.0, 0.0, 0.0],
            trueReportsPerHour: 4.106,
            falseReportsPerHour: 0.3212),
        // 47 of 67 reports were right.
        Subject(.sky, .other): ProbabilityModel(
            intercept: 1.602, weights: [0.0, -0.5775, -0.5161, 0.0, 0.0],
            trueReportsPerHour: 0.8247,
            falseReportsPerHour: 1.293),
        // 286 of 290 reports were right.
        Subject(.sky, .satellite): ProbabilityModel(
            intercept: -16.67, weights: [1.866, 3.176, 0.0, 0.0, 0.0],
            trueReportsPerHour: 19.87,
            falseReportsPerHour: 0.07813),
    ])
}
