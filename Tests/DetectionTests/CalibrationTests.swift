// SPDX-License-Identifier: Apache-2.0

import DetectionTrials
import Testing

@testable import Detection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

@Suite struct CalibrationTests {
    private static let subject = ProbabilityCalibration.Subject(.moon, .lunarFlash)

    /// Reports whose truth follows a known model of excess and misfit.
    private func examples(
        _ count: Int, intercept: Double = 0.5, weights: (excess: Double, misfit: Double) = (3, -0.4), seed: UInt64 = 1,
        falseWeight: Double = 1
    ) -> [CalibrationExample] {
        var random = SyntheticFrames.Random(state: seed)
        return (0..<count).map { _ in
            let ratio = 1 + random.uniform()
            let features = EventFeatures(
                signalToNoise: 6 * ratio, threshold: 6, frameCount: 1 + Int(random.uniform() * 4),
                misfit: 10 * random.uniform() - 5)
            let sum = intercept + weights.excess * features.excess + weights.misfit * features.misfit
            let isTrue = random.uniform() < 1 / (1 + exp(-sum))
            return CalibrationExample(
                subject: Self.subject, features: features, falseAlarmsPerHour: 0,
                cause: isTrue ? .lunarFlash : .cosmicRay, weight: isTrue ? 1 : falseWeight)
        }
    }

    private func predictions(_ model: ProbabilityModel, _ examples: [CalibrationExample]) -> ReliabilityDiagram {
        ReliabilityDiagram(
            examples.map {
                .init(probability: model.probability($0.features), isTrue: $0.isTrue, weight: $0.weight)
            })
    }

    @Test func `The fit finds the model that made the examples`() {
        let model = CalibrationFit.model(examples(2000))
        #expect(abs(model.weights[0] - 3) < 0.8, "\(model)")
        #expect(abs(model.weights[2] + 0.4) < 0.08, "\(model)")
        #expect(abs(model.weights[1]) < 0.25)
        #expect(abs(model.intercept - 0.5) < 0.4)
    }

    @Test(arguments: [1.0, 20])
    func `Probabilities come true on other examples, at the rates of nature`(_ falseWeight: Double) {
        let model = CalibrationFit.model(examples(1000, falseWeight: falseWeight))
        let diagram = predictions(model, examples(4000, seed: 9, falseWeight: falseWeight))
        #expect(diagram.calibrationError < 0.05, "\(diagram)")
        #expect(diagram.bins.count >= 5)
    }

    @Test func `A confuser ten times as frequent makes the odds a tenth`() {
        let few = CalibrationFit.model(examples(500))
        let many = CalibrationFit.model(examples(500, falseWeight: 10))
        #expect(abs(exp(few.intercept - many.intercept) - 10) < 0.2)
    }

    @Test func `Without false reports the probability stays below one`() {
        let model = CalibrationFit.model(examples(20, intercept: 50))
        #expect(model.weights.allSatisfy { $0 == 0 })
        let features = EventFeatures(signalToNoise: 10, threshold: 6, frameCount: 1)
        #expect(model.probability(features) > 0.9 && model.probability(features) < 0.99)
    }

    @Test func `Noise as frequent as true events halves the probability`() {
        let model = ProbabilityModel(
            intercept: 3, weights: [0, 0, 0, 0, 0], trueReportsPerHour: 0.1, falseReportsPerHour: 0.005)
        let features = EventFeatures(signalToNoise: 7, threshold: 6.5, frameCount: 1)
        let alone = model.probability(features)
        #expect(abs(model.probability(features, falseAlarmsPerHour: 0.1) - alone / 2) < 1e-12)
        #expect(model.probability(features, falseAlarmsPerHour: 0) == alone)
    }

    @Test func `What is not calibrated is a half, and a bright meteor counts as a meteor`() {
        let model = ProbabilityModel(
            intercept: 2, weights: [0, 0, 0, 0, 0], trueReportsPerHour: 5, falseReportsPerHour: 1)
        let calibration = ProbabilityCalibration(models: [.init(.sky, .meteor): model])
        let features = EventFeatures(signalToNoise: 30, threshold: 5, frameCount: 9)
        func probability(_ kind: EventKind, _ target: ObservationTarget) -> Double {
            calibration.probability(of: kind, target: target, features: features, falseAlarmsPerHour: 0)
        }
        #expect(probability(.fireball, .sky) == probability(.meteor, .sky))
        #expect(probability(.fireball, .jupiter) == 0.5)
    }

    @Test func `Features stay within their ranges`() {
        let features = EventFeatures(
            signalToNoise: .infinity, threshold: 0, frameCount: -3, misfit: .nan, drift: 1e9, isDisturbed: true)
        #expect(features.values == [0, 0, 0, 10, 1])
    }

    @Test func `In the calibration in use more signal is never less probable`() {
        let models = ProbabilityCalibration.standard.models
        #expect(!models.isEmpty)
        for (subject, model) in models {
            #expect(model.weights.count == EventFeatures.count && model.intercept.isFinite, "\(subject)")
            #expect(model.weights[0] >= 0 && model.weights[4] <= 0, "\(subject)")
            #expect(model.trueReportsPerHour > 0 && model.falseReportsPerHour > 0, "\(subject)")
        }
    }

    @Test func `Reports of a simulated scene know what they were`() throws {
        let examples = try CalibrationTrials.examples(.moon, seconds: 16, seeds: 1..<2)
        let flashes = examples.filter { $0.subject == Self.subject }
        #expect(flashes.contains { $0.isTrue })
        // Each thing of the simulation stands for its share of an hour of nature.
        let weight = flashes.filter(\.isTrue).reduce(0) { $0 + $1.weight }
        #expect(weight > 0 && weight <= NaturalRates.standard.perHour(.lunarFlash, target: .moon) + 1e-9)
    }

    @Test func `A reliability diagram of right probabilities lies on the diagonal`() {
        var random = SyntheticFrames.Random(state: 4)
        let right = (0..<5000).map { _ in
            let probability = random.uniform()
            return ReliabilityDiagram.Prediction(
                probability: probability, isTrue: random.uniform() < probability)
        }
        let diagram = ReliabilityDiagram(right)
        #expect(diagram.bins.count == 10 && diagram.bins.reduce(0) { $0 + $1.count } == 5000)
        #expect(diagram.calibrationError < 0.03)
        #expect(diagram.bins.allSatisfy { abs($0.observed - $0.predicted) < 4 * $0.observedError })
        let boasting = ReliabilityDiagram(right.map { .init(probability: 0.99, isTrue: $0.isTrue) })
        #expect(boasting.calibrationError > 0.4 && boasting.bins.count == 1)
    }

    @Test func `Weights count, and nothing gives an empty diagram`() {
        let diagram = ReliabilityDiagram([
            .init(probability: 0.62, isTrue: true, weight: 3), .init(probability: 0.64, isTrue: false, weight: 1),
            .init(probability: .nan, isTrue: true), .init(probability: 1, isTrue: true, weight: 2),
        ])
        #expect(diagram.bins.map(\.count) == [2, 1])
        #expect(diagram.bins.first?.observed == 0.75)
        #expect(ReliabilityDiagram([]).bins.isEmpty)
    }
}
