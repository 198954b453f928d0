// SPDX-License-Identifier: Apache-2.0
import Testing
import VOEvent

#if canImport(Glibc)
    import Glibc
#endif

/// Packets of many authors with the verdicts of the official schemas. They are not in the repository; the tests look for
/// them in `$PSWS_SHARED` or beside the repository and say so if they are not there.
private enum Corpus {
    static let folder: String? = {
        let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let places = [
            getenv("PSWS_SHARED").map { String(cString: $0) }, "/\(package)/../shared", "/\(package)/../../shared",
        ]
        return places.compactMap { $0 }.first { access($0 + "/data/voevents/INDEX.tsv", R_OK) == 0 }
    }()

    static func bytes(_ path: String) -> [UInt8]? {
        guard let folder, let file = fopen("\(folder)/data/\(path)", "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 2 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }

    static func rows() -> [[String: String]] {
        guard let index = bytes("voevents/INDEX.tsv") else {
            print("skipped: no corpus in $PSWS_SHARED or beside the repository")
            return []
        }
        let lines = String(decoding: index, as: UTF8.self).split(separator: "\n")
        let fields = { (line: Substring) in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        guard let header = lines.first.map(fields) else { return [] }
        return lines.dropFirst().map { Dictionary(zip(header, fields($0)), uniquingKeysWith: { first, _ in first }) }
    }
}

@Test func `Every packet of the corpus gets the verdict of the official schemas`() throws {
    let validator = VOEventValidator()
    for row in Corpus.rows() {
        let name = try #require(row["file"])
        let bytes = try #require(Corpus.bytes("voevents/" + name))
        for (version, column) in [(VOEventVersion.v2_0, "xsd_2.0_valid"), (.v2_1, "xsd_2.1_valid")] {
            let report = validator.validate(bytes, file: name, against: version)
            #expect(report.wellFormed == (row["well_formed"] == "yes"), "\(report.text)")
            #expect(report.valid == (row[column] == "yes"), "\(column): \(report.text)")
            #expect(report.valid == true || !report.errors.isEmpty)
        }
    }
}

@Test func `Every well-formed VOEvent of the corpus is read`() throws {
    for row in Corpus.rows() where row["well_formed"] == "yes" {
        let name = try #require(row["file"])
        // Not VOEvents, or with an entity that is not followed.
        if ["der_mal_html.xml", "der_trn_ack_ns_old.xml", "der_hos_xxe.xml"].contains(name) { continue }
        var limits = VOEventValidator.defaultLimits
        limits.maximumAttributesPerElement = 4096
        let packet = try VOEventReader(limits: limits).read(try #require(Corpus.bytes("voevents/" + name))).packet
        if let ivorn = row["ivorn"], !ivorn.isEmpty, name != "der_hos_ivorn_nul.xml" { #expect(packet.ivorn == ivorn) }
    }
}

@Test func `Each fault of the packet that PSWS published in 2018 is named`() throws {
    guard let bytes = Corpus.bytes("psws/voevent_2018-05-22.xml") else {
        print("skipped: no corpus in $PSWS_SHARED or beside the repository")
        return
    }
    let report = VOEventValidator().validate(bytes)
    #expect(report.valid == false && report.errors.map(\.line) == [15])
    for (line, words) in [
        (2, "ends in /"), (21, "time_end"), (26, "time_start"), (36, "no id"), (37, "empty"), (40, "no id"),
        (41, "coord_system_id"), (55, "Concept"),
    ] {
        #expect(report.warnings.contains { $0.line == line && $0.message.contains(words) }, "\(line) \(words)")
    }
}
