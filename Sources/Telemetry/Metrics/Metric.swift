// SPDX-License-Identifier: Apache-2.0

/// One family of figures that a monitoring system collects: what it is, its unit, and its present values.
///
/// Reference: OpenMetrics 1.0 (https://github.com/OpenObservability/OpenMetrics), sections "Metric Types" and
/// "Text Format".
public struct Metric: Sendable, Hashable {
    /// How values behave.
    public enum Kind: String, Sendable, Hashable {
        /// A value that goes up and down.
        case gauge
        /// A sum that only grows while the process runs.
        case counter
    }

    /// A value, with what tells it from the others of the family.
    public struct Sample: Sendable, Hashable {
        /// Names and values, in the order in which they are written.
        public var labels: [Label]
        /// The value.
        public var value: Double
    }

    /// A name and its value.
    public struct Label: Sendable, Hashable {
        /// Letters, digits and `_`.
        public var name: String
        /// Any text.
        public var value: String

        /// A label from its parts.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Name without the unit and without `_total`: letters, digits and `_`, for example `psws_detector_threshold`.
    public let name: String
    /// How values behave.
    public let kind: Kind
    /// Unit by OpenMetrics' custom, for example `seconds` or `ratio`; nil for plain numbers. It ends the name.
    public let unit: String?
    /// What the figure means, one sentence.
    public let help: String
    /// The present values; one without labels, or one for each combination of them.
    public let samples: [Sample]

    /// A family with one value.
    public init(_ name: String, _ kind: Kind, unit: String? = nil, help: String, value: Double) {
        self.init(name, kind, unit: unit, help: help, samples: [Sample(labels: [], value: value)])
    }

    /// A family that tells which of several states holds: 1 for that, 0 for the others.
    public init(_ name: String, help: String, label: String, states: [String], present: String?) {
        self.init(
            name, .gauge, help: help,
            samples: states.map { Sample(labels: [Label(label, $0)], value: $0 == present ? 1 : 0) })
    }

    /// A family with one value for each value of a label.
    public init(
        _ name: String, _ kind: Kind, unit: String? = nil, help: String, label: String,
        values: [(label: String, value: Double)]
    ) {
        self.init(
            name, kind, unit: unit, help: help,
            samples: values.map { Sample(labels: [Label(label, $0.label)], value: $0.value) })
    }

    private init(_ name: String, _ kind: Kind, unit: String? = nil, help: String, samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.help = help
        self.samples = samples
    }
}
