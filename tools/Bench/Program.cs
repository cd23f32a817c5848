using Bench;

const string Usage = """
    usage: bench compare PROGRAMS OBJECT PAGE [--runs N]   measures what tools/Bench/run built, and writes PAGE
           bench relocate OBJECT                           relocates once and prints how long it took
    """;

switch (args)
{
    case ["relocate", string path]:
        return Relocation.Run(path);
    case ["compare", string programs, string path, string page]:
        return Comparison.Run(programs, path, page, Comparison.UsualRuns);
    case ["compare", string programs, string path, string page, "--runs", string runs]
        when int.TryParse(runs, out int count) && count > 0:
        return Comparison.Run(programs, path, page, count);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
