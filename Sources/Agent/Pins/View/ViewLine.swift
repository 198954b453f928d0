// SPDX-License-Identifier: Apache-2.0

/// A line that tells of something between the camera and the sky.
struct ViewLine: Sendable {
    /// What it tells of.
    let obstruction: Obstruction
    /// Level at which that is in the way.
    let obstructedLevel: Bool
    /// Configuration section, for messages.
    let place: String
    let input: any PinInput
    /// Level when it was taken.
    let firstLevel: Bool

    /// Takes the line and reads it.
    init(
        _ obstruction: Obstruction, at level: Bool, _ settings: PinSettings, _ board: any PinBoard, place: String
    ) throws(PinError) {
        do {
            input = try board.input(settings, edges: .both)
            firstLevel = try input.read()
        } catch {
            throw error.of(place)
        }
        self.obstruction = obstruction
        obstructedLevel = level
        self.place = place
    }
}
