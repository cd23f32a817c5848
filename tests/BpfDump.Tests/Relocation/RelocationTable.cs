using System.Text;
using System.Text.Json.Nodes;

namespace BpfDump.Tests.Relocation;

/// <summary>The table of docs/relocation.md: for each kernel how many pairs are equal and different.</summary>
internal sealed class RelocationTable
{
    private const string Begin = "<!-- written by tests/corpus/report: begin -->\n";
    private const string End = "<!-- end -->";

    private readonly List<Row> _rows = [];

    /// <summary>Counts a pair.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="libbpf">What libbpf says.</param>
    /// <param name="isEqual">Whether bpfdump says the same.</param>
    public void Add(CorpusKernel kernel, JsonNode libbpf, bool isEqual)
    {
        if (_rows.Count == 0 || _rows[^1].Kernel != kernel)
        {
            _rows.Add(new Row(kernel));
        }

        _rows[^1].Add(libbpf["programs"]!.AsArray(), isEqual);
    }

    /// <summary>With UPDATE_GOLDEN=1, puts the table into docs/relocation.md.</summary>
    public void WriteWhenAsked()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") != "1")
        {
            return;
        }

        string path = Checkout.PathOf("docs/relocation.md");
        string text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(path, $"{text[..begin]}{this}{text[end..]}");
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append("| types of | Debian's version | pairs | equal | different | programs | instructions |\n");
        text.Append("|---|---|---:|---:|---:|---:|---:|\n");
        foreach (Row row in _rows)
        {
            text.Append(
                $"| {row.Kernel.Name} | {row.Kernel.Version} | {row.Pairs} | {row.Equal} | {row.Pairs - row.Equal} | "
                + $"{row.Programs} | {row.Instructions} |\n");
        }

        text.Append(
            $"| all | | {_rows.Sum(row => row.Pairs)} | {_rows.Sum(row => row.Equal)} | "
            + $"{_rows.Sum(row => row.Pairs - row.Equal)} | {_rows.Sum(row => row.Programs)} | "
            + $"{_rows.Sum(row => row.Instructions)} |\n");
        return text.ToString();
    }

    private sealed class Row(CorpusKernel kernel)
    {
        private const int HexDigitsPerInstruction = 16;

        public CorpusKernel Kernel { get; } = kernel;

        public int Pairs { get; private set; }

        public int Equal { get; private set; }

        public int Programs { get; private set; }

        public int Instructions { get; private set; }

        public void Add(JsonArray programs, bool isEqual)
        {
            Pairs++;
            Equal += isEqual ? 1 : 0;
            Programs += programs.Count;
            foreach (JsonNode? program in programs)
            {
                Instructions += (program!["insns"]?.GetValue<string>().Length ?? 0) / HexDigitsPerInstruction;
            }
        }
    }
}
