// SPDX-License-Identifier: Apache-2.0

/// A part of the scene that has just come into the frame, because the scene drifts, or lies beside one: nothing is known
/// of it, or what is interpolated there is not, and until it has been seen for as long as a new scene is, it says nothing.
struct UnseenArea {
    /// Columns and rows of the model.
    private(set) var columns: Range<Int>
    private(set) var rows: Range<Int>
    /// Frames that it has been seen in.
    private(set) var frames = 0
    /// Frames that its mean was known from before.
    private let earlierFrames: Int
    /// Σ squared difference from the mean that was known until then, in ADU².
    private let squares: Plane<Float>
    /// Corner of the area that the squares belong to; it moves with the scene.
    private var origin: (column: Int, row: Int)

    /// Standard deviation of what is not known, in ADU: nothing that is weighed by it counts.
    static let deviation: Float = 1e6
    /// Frames after which it is known as well as the rest.
    static let learningFrames = LearningRates.beginning

    /// Pixels beside a pixel that its interpolation reads.
    private static let reach = 2

    /// The areas that come in when what stood at (x + columns, y + rows) is moved to (x, y), and their margins.
    static func exposed(width: Int, height: Int, columns: Int, rows: Int) -> [UnseenArea] {
        let (wide, high) = (min(abs(columns), width), min(abs(rows), height))
        let sides = columns > 0 ? (width - wide)..<width : 0..<wide
        let ends = rows > 0 ? (height - high)..<height : 0..<high
        // The corner belongs to the rows.
        let others = rows > 0 ? 0..<(height - high) : high..<height
        let new = [(sides, others), (0..<width, ends)].filter { !$0.isEmpty && !$1.isEmpty }
        let margins = new.map { area in
            (
                (area.0.lowerBound - reach..<area.0.upperBound + reach).clamped(to: 0..<width),
                (area.1.lowerBound - reach..<area.1.upperBound + reach).clamped(to: 0..<height)
            )
        }
        return margins.map { UnseenArea(columns: $0, rows: $1, earlierFrames: learningFrames) }
            + new.map { UnseenArea(columns: $0, rows: $1, earlierFrames: 0) }
    }

    init(columns: Range<Int>, rows: Range<Int>, earlierFrames: Int) {
        self.columns = columns
        self.rows = rows
        self.earlierFrames = earlierFrames
        origin = (columns.lowerBound, rows.lowerBound)
        squares = Plane(width: columns.count, height: rows.count, repeating: 0)
    }

    /// Follows a move of the model; false if nothing of it is left in the frame.
    mutating func scroll(columns shiftX: Int, rows shiftY: Int, width: Int, height: Int) -> Bool {
        origin = (origin.column - shiftX, origin.row - shiftY)
        columns = (columns.lowerBound - shiftX..<columns.upperBound - shiftX).clamped(to: 0..<width)
        rows = (rows.lowerBound - shiftY..<rows.upperBound - shiftY).clamped(to: 0..<height)
        return !columns.isEmpty && !rows.isEmpty
    }

    /// Learns from a row that was compared: the mean as an average over all frames so far.
    func learn(_ part: PreparedRow, mean: UnsafeMutablePointer<Float>) {
        guard rows.contains(part.row) else { return }
        let count = Float(frames + earlierFrames + 1)
        let sum = squares.row(part.row - origin.row) - origin.column
        for column in columns.clamped(to: part.columns) {
            let place = column - part.columns.lowerBound
            let difference = part.samples[place] - part.prediction[place]
            mean[column] += difference / count
            // The first frame is compared with nothing.
            if count > 1 { sum[column] += difference * difference * (count - 1) / count }
        }
    }

    /// Counts a frame; true if the area is known now.
    mutating func finishFrame() -> Bool {
        frames += 1
        return frames >= UnseenArea.learningFrames
    }

    /// Standard deviation of a pixel, in ADU: what was seen of it, and a first guess that counts as it does for a new
    /// scene.
    func deviation(column: Int, row: Int, guess: Float) -> Float {
        let prior = LearningRates.priorFrames
        let square = squares[column - origin.column, row - origin.row]
        return ((square + prior * guess * guess) / (Float(frames - 1) + prior)).squareRoot()
    }
}
