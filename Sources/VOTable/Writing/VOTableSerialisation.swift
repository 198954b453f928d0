// SPDX-License-Identifier: Apache-2.0

/// How rows are written.
public enum VOTableSerialisation: String, Sendable, Hashable, CaseIterable {
    /// As text between tags, which people and every reader understand.
    case tableData = "tabledata"
    /// As bytes in base64 (section 5.4), which is faster to read.
    case binary2

    /// The element around the rows.
    var element: String { self == .tableData ? "TABLEDATA" : "BINARY2" }
}
