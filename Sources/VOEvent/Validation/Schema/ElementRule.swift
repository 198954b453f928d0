// SPDX-License-Identifier: Apache-2.0

/// What may stand in one kind of element: its attributes and its content.
struct ElementRule: Sendable {
    /// The attributes that are allowed.
    var attributes: [AttributeRule] = []
    /// What stands between the tags.
    var content: Content

    /// The shapes of content that VOEvent uses.
    indirect enum Content: Sendable {
        /// Nothing at all, not even a space.
        case empty
        /// Text of a type, and no elements.
        case value(ValueType)
        /// Each child at most once, in any order.
        case anyOrder([ChildRule])
        /// Any number of any of the children, in any order.
        case mixture([ChildRule], atLeastOne: Bool)
        /// Steps one after the other.
        case sequence([StepRule])
    }
}

/// One attribute that an element may have.
struct AttributeRule: Sendable {
    var name: String
    var type: ValueType = .string
    var isRequired = false
}

/// One child element that an element may have.
struct ChildRule: Sendable {
    var name: String
    var rule: ElementRule
    var isRequired = false
}

/// One step of a sequence: one of the alternatives.
struct StepRule: Sendable {
    var alternatives: [ChildRule]
    var isRequired = false
    var mayRepeat = false
}
