// SPDX-License-Identifier: Apache-2.0

/// The models that probabilities come from, one for each kind of report of each target.
public struct ProbabilityCalibration: Sendable {
    /// What a model is for.
    public struct Subject: Sendable, Hashable {
        /// What the camera looks at.
        public var target: ObservationTarget
        /// What the report says.
        public var kind: EventKind

        /// A subject from its parts.
        public init(_ target: ObservationTarget, _ kind: EventKind) {
            self.target = target
            self.kind = kind
        }
    }

    /// The models.
    public var models: [Subject: ProbabilityModel]

    /// A calibration from its models.
    public init(models: [Subject: ProbabilityModel]) { self.models = models }

    /// Probability that an event is what its kind says, 0.005…0.995; a half where nothing was calibrated.
    ///
    /// - Parameters:
    ///   - falseAlarmsPerHour: expected rate of noise as significant as the event.
    public func probability(
        of kind: EventKind, target: ObservationTarget, features: EventFeatures, falseAlarmsPerHour: Double
    ) -> Double {
        guard let model = model(of: kind, target: target) else { return 0.5 }
        return model.probability(features, falseAlarmsPerHour: falseAlarmsPerHour)
    }

    /// A bright meteor is called a fireball; simulated skies hold too few to calibrate them apart.
    private func model(of kind: EventKind, target: ObservationTarget) -> ProbabilityModel? {
        models[Subject(target, kind)]
            ?? (target == .sky && kind == .fireball ? models[Subject(.sky, .meteor)] : nil)
    }
}
