// SPDX-License-Identifier: Apache-2.0

/// Looks whether the configured GPIO lines are there, without taking them.
///
/// Whether the agent could take them is known only when it does: the file may be meant for another machine, and the
/// agent that runs already has them.
enum PinCheck {
    /// What is wrong with each line that the agent would not get on this machine now.
    static func problems(_ pins: PinsConfiguration, board: any PinBoard) -> [PinError] {
        pins.lines.compactMap { key, settings in
            do throws(PinError) {
                guard let user = try board.find(settings.address).user, user != GPIOBoard.consumer else { return nil }
                return PinError(
                    .busy, place: "'\(settings.address)'",
                    message: "\(user.isEmpty ? "another program" : "'\(user)'") has the line",
                    remedy: "stop it before the agent starts, or choose another line"
                ).of("pins.\(key)")
            } catch {
                return error.of("pins.\(key)")
            }
        }
    }
}
