// SPDX-License-Identifier: Apache-2.0

import Camera

/// Finds how each frame lies against the background - displaced, dimmed by cloud, brightened by dawn - and whether the
/// picture as a whole has changed.
struct SceneAligner {
    /// What was found of a frame.
    struct Result {
        var alignment: SceneAlignment
        /// True if the frame should not be searched: it could not be registered, or most of it has changed.
        var isDisturbed: Bool
        /// Median standard deviation of the pixels, in ADU.
        var noiseADU: Double
        /// Whether the displacement is known; nil if the scene is not registered at all.
        var isRegistered: Bool?
    }

    /// Levels of the scene's dark and bright parts, in ADU.
    private(set) var levels = (dark: 0.0, bright: 0.0)
    private(set) var gusts = GustWatch()
    private var registration = SceneRegistration()
    private var localGain: LocalGain
    private(set) var cloud: LocalGainFilter
    private var pictureChange: PictureChange
    /// Displacement of the scene averaged over about a second.
    private var steadyDisplacement = SIMD2<Double>.zero
    /// True from a move of the background to the next frame learnt.
    private var hasMoved = false
    private let registersScene: Bool
    private let format: FrameFormat
    private let framesPerSecond: Double

    init(configuration: DetectorConfiguration, format: FrameFormat) {
        registersScene = configuration.registersScene
        framesPerSecond = configuration.framesPerSecond
        self.format = format
        pictureChange = PictureChange(format: format)
        localGain = LocalGain(width: format.width, height: format.height)
        cloud = LocalGainFilter(cellCount: localGain.columns * localGain.rows)
    }

    /// Aligns a frame with a background that has learnt at least one; tells the background the noise of its pixels.
    mutating func align(_ frame: Frame, to background: BackgroundModel) -> Result {
        var alignment = SceneAlignment.identity
        var isReliable = true
        var isRegistered: Bool?
        if background.framesLearnt == 1 {
            // Before the noise is known nothing can be told from it. Two frames differ by √2 of the noise of one.
            pictureChange.load(frame, background: background, alignment: alignment)
            background.seedDeviation(Float(pictureChange.result().spread / 2.0.squareRoot()))
        }
        if registersScene {
            if background.framesLearnt % 64 == 1 {
                levels = pictureChange.levels(background)
                localGain.dark = levels.dark
            }
            let result = registration.align(frame, to: background, localGain: localGain)
            alignment = result.alignment
            isReliable = result.isReliable
            gusts.note(frame: frame.index, displacement: alignment.displacement, isReliable: isReliable)
            isRegistered = result.isReliable && result.hasStructure
        }
        pictureChange.load(frame, background: background, alignment: alignment)
        if registersScene { alignment = pictureChange.refine() }
        let change = pictureChange.result()
        background.setTypicalDeviation(Float(change.noise))
        if !registersScene { alignment.level = change.level }
        var result = Result(
            alignment: alignment, isDisturbed: false, noiseADU: change.noise, isRegistered: isRegistered)
        guard background.framesLearnt > 8 else { return result }
        let limit = registersScene ? 0.25 : 0.08
        let jumps = !registersScene && abs(change.level) > 5 * max(change.noise, 0.5)
        result.isDisturbed = !isReliable || jumps || change.changedFraction > limit
        return result
    }

    /// Learns what the local gain has missed on the frame that was aligned last.
    mutating func learn(_ scores: CellScores, background: BackgroundModel) {
        // Before that the deviations are a guess.
        guard registersScene, background.framesLearnt > 16 else { return }
        cloud.follow(&localGain, scores: scores)
        let count = background.framesLearnt
        let isNew = count <= 128 && count.nonzeroBitCount == 1 || hasMoved
        scores.weigh(background, dark: Float(localGain.dark), all: isNew)
        hasMoved = false
    }

    /// Whole pixels by which the background must be moved after a scene that has drifted away, so that it stays within
    /// the frame; nil mostly. A gust of wind is over before it is followed.
    ///
    /// Displacements count from the background's new place from then on.
    mutating func drift(after alignment: SceneAlignment) -> (columns: Int, rows: Int)? {
        let share = min(1, 1 / framesPerSecond)
        steadyDisplacement += share * (alignment.displacement - steadyDisplacement)
        let columns = Int(steadyDisplacement.x.rounded())
        let rows = Int(steadyDisplacement.y.rounded())
        let limit = min(24, min(format.width, format.height) / 8)
        guard abs(columns) > limit || abs(rows) > limit else { return nil }
        steadyDisplacement -= SIMD2(Double(columns), Double(rows))
        hasMoved = true
        gusts.modelMoved(columns: columns, rows: rows)
        registration.modelMoved(columns: columns, rows: rows)
        localGain.scroll(columns: -columns, rows: -rows)
        cloud.restart()
        return (columns, rows)
    }

    /// Forgets the scene.
    mutating func restart() {
        registration.restart()
        localGain.flatten()
        cloud.restart()
        steadyDisplacement = .zero
    }
}
