// SPDX-License-Identifier: Apache-2.0

/// One knob of a camera: exposure, gain, white balance, or whatever else its driver offers.
public struct V4L2Control: Sendable, Hashable {
    /// What kind of value a control has.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case integer, boolean, menu, bitmask, button, other
    }

    /// The kernel's number of the control (`V4L2_CID_…`).
    public var identifier: UInt32
    /// The name in lower case with underscores, as `v4l2-ctl` writes it: `exposure_time_absolute`.
    public var name: String
    /// Kind of value.
    public var kind: Kind
    /// Least and greatest value, in the driver's units.
    public var range: ClosedRange<Int>
    /// Step between values, at least 1.
    public var step: Int
    /// The value after power-up.
    public var defaultValue: Int
    /// The present value; nil if the control has none that can be read.
    public var value: Int?
    /// True if the value can be changed at all.
    public var isWritable: Bool
    /// True if an automatic mode rules the value at present.
    public var isInactive: Bool

    /// A control from its parts.
    public init(
        identifier: UInt32, name: String, kind: Kind, range: ClosedRange<Int>, step: Int = 1, defaultValue: Int,
        value: Int? = nil, isWritable: Bool = true, isInactive: Bool = false
    ) {
        self.identifier = identifier
        self.name = name
        self.kind = kind
        self.range = range
        self.step = step
        self.defaultValue = defaultValue
        self.value = value
        self.isWritable = isWritable
        self.isInactive = isInactive
    }
}

extension V4L2Control: CustomStringConvertible {
    /// For example `gain = 16 (integer, 0 to 255, default 16)`.
    public var description: String {
        var facts = [kind.rawValue, "\(range.lowerBound) to \(range.upperBound)"]
        if step > 1 { facts.append("step \(step)") }
        facts.append("default \(defaultValue)")
        if isInactive { facts.append("ruled by an automatic mode") }
        if !isWritable { facts.append("read only") }
        return name + (value.map { " = \($0)" } ?? "") + " (" + facts.joined(separator: ", ") + ")"
    }
}
