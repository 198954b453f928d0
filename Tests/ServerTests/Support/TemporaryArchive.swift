// SPDX-License-Identifier: Apache-2.0

import Foundation
import UTC
import VTP

@testable import Server

/// An archive in a directory of its own, which goes with the value.
final class TemporaryArchive {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("psws-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open(_ use: DataDirectory.Use = .serving) throws -> EventArchive {
        try EventArchive(in: DataDirectory(path: path, use: use))
    }

    /// Path of a file beside the archive.
    func file(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path + "/" + name
    }

    /// A flash on a target, seen at a second of 2026-03-01T21:14, received at a second since 1970.
    static func flash(
        _ number: Int, second: Int = 5, type: String = "lunar_flash", target: String = "Moon",
        stream: String = "flashes",
        cites: String? = nil, received: Double = 1000
    ) throws -> LoggedEvent {
        let citation = cites.map { "<Citations><EventIVORN cite='retraction'>\($0)</EventIVORN></Citations>" } ?? ""
        let packet = """
            <?xml version='1.0'?>
            <voe:VOEvent xmlns:voe='http://www.ivoa.net/xml/VOEvent/v2.0' role='test' version='2.0' \
            ivorn='ivo://psws.test/\(stream)#\(number)'>
            <Who><AuthorIVORN>ivo://psws.test/author</AuthorIVORN></Who>
            <What><Param name='event_type' value='\(type)'/>
            <Group name='target'><Param name='target_name' value='\(target)'/></Group></What>
            <WhereWhen><ObsDataLocation><ObservatoryLocation/><ObservationLocation>
            <AstroCoordSystem id='UTC-ICRS-TOPO'/><AstroCoords coord_system_id='UTC-ICRS-TOPO'>
            <Time unit='s'><TimeInstant><ISOTime>2026-03-01T21:14:\(second < 10 ? "0" : "")\(second)Z</ISOTime></TimeInstant></Time>
            <Position2D unit='deg'><Value2><C1>83.5</C1><C2>-21.25</C2></Value2><Error2Radius>0.1</Error2Radius></Position2D>
            </AstroCoords></ObservationLocation></ObsDataLocation></WhereWhen>
            \(citation)
            </voe:VOEvent>
            """
        return try LoggedEvent(parsing: Array(packet.utf8), received: UTCInstant(secondsSince1970: received))
    }
}
