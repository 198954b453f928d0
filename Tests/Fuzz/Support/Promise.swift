// SPDX-License-Identifier: Apache-2.0

/// Ends the fuzzer with a message if a promise is broken; libFuzzer then keeps the input.
func promise(_ isKept: Bool, _ message: @autoclosure () -> String) {
    // Not `precondition`, which says nothing in an optimised build.
    if !isKept { fatalError(message()) }
}

/// The input of one round. libFuzzer may point nowhere when it is empty.
func input(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
}
