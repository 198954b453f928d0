// SPDX-License-Identifier: Apache-2.0

import JSON
import Testing

@Suite struct JSONTextTests {
    @Test func `Members keep their order and every kind of value its form`() {
        let value = JSONText.object([
            ("z", .integer(-3)), ("a", .number(1.5)), ("whole", .number(30)), ("yes", .boolean(true)),
            ("none", .string(nil)), ("list", .array([.string("x"), .null])),
        ])
        #expect(
            value.description
                == #"{"z": -3, "a": 1.5, "whole": 30, "yes": true, "none": null, "list": ["x", null]}"#)
    }

    @Test func `Texts are escaped so that the line stays one line`() {
        #expect(JSONText.string("a\"b\\c\nd\te\u{1}f\u{7f}σ").description == #""a\"b\\c\nd\te\u0001f\u007fσ""#)
    }

    @Test func `Numbers that JSON does not know become null`() {
        #expect(JSONText.number(.nan).description == "null")
        #expect(JSONText.number(-.infinity).description == "null")
        #expect(JSONText.number(1e300).description == "1e+300")
        #expect(JSONText.number(0.1 + 0.2).description == "0.30000000000000004")
    }
}
