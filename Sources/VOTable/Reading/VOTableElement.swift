// SPDX-License-Identifier: Apache-2.0

/// Elements that the standard knows (its appendix with the XML schema).
enum VOTableElement: String {
    case votable = "VOTABLE"
    case definitions = "DEFINITIONS"
    case description = "DESCRIPTION"
    case info = "INFO"
    case group = "GROUP"
    case param = "PARAM"
    case coosys = "COOSYS"
    case timesys = "TIMESYS"
    case resource = "RESOURCE"
    case link = "LINK"
    case table = "TABLE"
    case field = "FIELD"
    case fieldRef = "FIELDref"
    case paramRef = "PARAMref"
    case values = "VALUES"
    case min = "MIN"
    case max = "MAX"
    case option = "OPTION"
    case data = "DATA"
    case tableData = "TABLEDATA"
    case row = "TR"
    case cell = "TD"
    case binary = "BINARY"
    case binary2 = "BINARY2"
    case fits = "FITS"
    case parquet = "PARQUET"
    case stream = "STREAM"

    /// Elements that can stand within.
    var children: Set<VOTableElement> {
        switch self {
        case .votable: [.description, .definitions, .info, .group, .param, .coosys, .timesys, .resource]
        case .definitions: [.coosys, .param]
        case .resource: [.description, .info, .group, .param, .coosys, .timesys, .link, .table, .resource]
        case .table: [.description, .info, .field, .param, .group, .link, .data]
        case .group: [.description, .param, .group, .fieldRef, .paramRef]
        case .field, .param, .info: [.description, .values, .link]
        case .values: [.min, .max, .option]
        case .option: [.option]
        case .data: [.tableData, .binary, .binary2, .fits, .parquet, .info]
        case .binary, .binary2, .fits, .parquet: [.stream]
        case .tableData: [.row]
        case .row: [.cell]
        default: []
        }
    }

    /// True for elements that are often left unclosed: they end where something begins that cannot stand in them.
    var mayBeUnclosed: Bool { [.param, .field, .info, .link, .coosys, .timesys, .values].contains(self) }
    /// True for elements whose text is kept.
    var hasText: Bool { [.description, .info, .cell, .stream].contains(self) }
}
