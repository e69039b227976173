/// One measurement of a program.
struct Sample {
  let seconds: Double
  let peakBytes: Int
}

/// A program that does the work compared.
struct Contender {
  /// What is measured of it, as the table names it, with the mode of its durable commits: often one thing, sometimes
  /// a part of a run beside the whole.
  let names: [String]
  /// Run once only: it takes long.
  let isSlow: Bool
  /// Does the work once; a sample for each name.
  let measure: () throws -> [Sample]

  init(_ name: String, isSlow: Bool = false, measure: @escaping () throws -> Sample) {
    names = [name]
    self.isSlow = isSlow
    self.measure = { [try measure()] }
  }

  init(_ names: [String], measure: @escaping () throws -> [Sample]) {
    self.names = names
    isSlow = false
    self.measure = measure
  }
}

/// Programs that do the same work, measured in turns, so that a noisy minute strikes all of them.
struct Comparison {
  let title: String
  /// What is compared, and what is not.
  let note: String
  /// Events that each handles.
  let events: Int

  /// - Returns: the section of the report.
  func run(_ contenders: [Contender], runs: Int) -> String {
    var rounds = [[[Sample]]](repeating: [], count: contenders.count)
    var failures: [String] = []
    for round in 0..<runs {
      for (index, contender) in contenders.enumerated() where rounds[index].count == round {
        guard round == 0 || !contender.isSlow else { continue }
        do { rounds[index].append(try contender.measure()) } catch {
          failures.append("Left out after \(round) runs: \(contender.names[0]): \(error)")
        }
      }
    }
    let measured = zip(contenders, rounds).flatMap { contender, rounds in
      contender.names.indices.map { part in (name: contender.names[part], samples: rounds.map { $0[part] }) }
    }
    return (["## \(title)", note, table(measured)] + failures).joined(separator: "\n\n")
  }

  private func table(_ measured: [(name: String, samples: [Sample])]) -> String {
    var table = MarkdownTable(
      header: ["program", "runs", "median", "min–max", "events/s", "time, first = 1", "peak memory"])
    var first: Double?
    for (name, samples) in measured where !samples.isEmpty {
      let seconds = Statistics(samples.map(\.seconds))
      let memory = Statistics(samples.map { Double($0.peakBytes) }).maximum
      first = first ?? seconds.median
      table.add([
        name, String(samples.count), Figure.seconds(seconds.median),
        "\(Figure.seconds(seconds.minimum))–\(Figure.seconds(seconds.maximum))",
        Figure.count(Double(events) / seconds.median), Figure.ratio(seconds.median / (first ?? seconds.median)),
        Figure.megabytes(memory),
      ])
    }
    return table.text
  }
}
