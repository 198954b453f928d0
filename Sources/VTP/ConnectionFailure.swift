// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import NIOPosix

/// Why a connection could not be made or a port not opened, in words rather than in the type names of NIO.
func connectionFailure(_ error: any Error) -> String {
    switch error {
    case let failure as VTPError:
        return failure.message
    case let failure as NIOConnectionError:
        if let first = failure.connectionErrors.first { return connectionFailure(first.error) }
        return "the host name \"\(failure.host.printable)\" is unknown"
    case ChannelError.connectTimeout(let time):
        return "no answer within \(time.nanoseconds / 1_000_000_000) s"
    case let failure as IOError:
        return String(cString: strerror(failure.errnoCode)).lowercased()
    default:
        return String(describing: error).printable
    }
}
