namespace BpfCore.Tests.Architecture;

/// <summary>A C# source file, and how long its members are.</summary>
/// <remarks>
/// The format check keeps every opening brace of a member on a line of its own, so a member ends at the next closing
/// brace of the same depth, and a scan of lines finds what a parser would.
/// </remarks>
internal sealed class SourceFile
{
    private static readonly string[] s_typeKeywords = ["class", "struct", "interface", "enum", "record"];

    private SourceFile(string path, string[] lines)
    {
        Path = path;
        Lines = lines;
    }

    /// <summary>Path from the root of the checkout.</summary>
    public string Path { get; }

    public string[] Lines { get; }

    /// <summary>All sources below a folder of the checkout.</summary>
    public static IEnumerable<SourceFile> Below(string folder)
    {
        string separator = System.IO.Path.DirectorySeparatorChar.ToString();
        string sources = System.IO.Path.Combine(Fixtures.Root, folder);
        foreach (string path in Directory.GetFiles(sources, "*.cs", SearchOption.AllDirectories))
        {
            string relative = System.IO.Path.GetRelativePath(Fixtures.Root, path);
            if (!relative.Contains($"{separator}obj{separator}", StringComparison.Ordinal))
            {
                yield return new SourceFile(relative, File.ReadAllLines(path));
            }
        }
    }

    /// <summary>Name of the type, which partial files share: BpfSyscall of BpfSyscall.Maps.cs.</summary>
    public string Stem => System.IO.Path.GetFileName(Path).Split('.')[0];

    /// <summary>Members with a body in braces: their signature and the number of lines between the braces.</summary>
    public IEnumerable<(string Signature, int Length)> Members()
    {
        for (int line = 0; line < Lines.Length; line++)
        {
            if (Lines[line].Trim() == "{" && Lines[line].Length > 1)
            {
                int indent = Lines[line].Length - 1;
                string signature = Signature(line, indent);
                if (!IsType(signature))
                {
                    string end = new string(' ', indent) + "}";
                    int last = Array.FindIndex(Lines, line, text => text.StartsWith(end, StringComparison.Ordinal));
                    last = last < 0 ? Lines.Length - 1 : last;
                    yield return (signature.Trim(), last - line - 1);
                    line = last;
                }
            }
        }
    }

    // Goes up over the lines of a signature that was broken.
    private string Signature(int brace, int indent)
    {
        int first = brace - 1;
        while (first > 0 && (Lines[first].Length - Lines[first].TrimStart().Length) > indent)
        {
            first--;
        }

        return Lines[first];
    }

    private static bool IsType(string signature) =>
        signature.Split(' ').TakeWhile(word => !word.Contains('(')).Any(word => s_typeKeywords.Contains(word));
}
