// SPDX-License-Identifier: Apache-2.0

import Alerts
import Foundation
import Hummingbird
import Server

/// The predicted series of the solar wind and the measurements behind them, as files.
struct ProductRoute: Sendable {
    let directory: String

    /// One file, as it was written.
    func read(_ request: Request, _ context: PortalRequestContext) async throws -> Response {
        let name = context.parameters.get("name") ?? ""
        // Names are made by this program: whatever has another character is none of them.
        let isPlain = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || "-_.".utf8.contains(byte)
        }
        let types = [".xml": "application/x-votable+xml", ".txt": "text/plain; charset=utf-8"]
        guard isPlain, let type = types[String(name.suffix(4))], !name.hasPrefix("."), name.utf8.count <= 200,
            let content = FileManager.default.contents(atPath: "\(directory)/\(name)")
        else { throw Problem(.notFound, "there is no product with this name") }
        // What has a time in its name never changes.
        let isLatest = name.dropLast(4).hasSuffix("-\(ProductShelf.latest)")
        let caching = isLatest ? "no-cache" : "max-age=31536000, immutable"
        return Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: caching],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: content)))
    }
}
