using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace BpfCore.Kernel;

/// <summary>Symbols of the running kernel and its modules (<c>/proc/kallsyms</c>).</summary>
/// <remarks>
/// The file is read anew at each search, because modules come and go. Names are there for everybody; addresses are 0
/// for readers whom <c>kernel.kptr_restrict</c> keeps from them.
/// </remarks>
internal sealed class KernelSymbols(KernelFiles files)
{
    private const string Path = "proc/kallsyms";

    // KSYM_NAME_LEN of the kernel; longer names are none that anybody looks for.
    private const int LongestName = 512;

    /// <summary>The symbols of the running kernel.</summary>
    public static KernelSymbols Host { get; } = new(KernelFiles.Host);

    /// <summary>Looks for symbols.</summary>
    /// <param name="names">Their names.</param>
    /// <returns>The addresses of those that there are.</returns>
    /// <exception cref="KernelFeatureException">
    /// The kernel gives no list of its symbols, or a name stands for several addresses.
    /// </exception>
    public IReadOnlyDictionary<string, ulong> Find(IReadOnlySet<string> names)
    {
        Dictionary<string, ulong?> wanted = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            wanted.Add(name, null);
        }

        ReadOnlySpan<byte> text = files.TryReadBytes(Path) ?? throw new KernelFeatureException(
            files.PathOf(Path), "the file is missing or may not be read; the kernel needs CONFIG_KALLSYMS");
        foreach (Range line in text.Split((byte)'\n'))
        {
            Note(text[line], wanted.GetAlternateLookup<ReadOnlySpan<char>>());
        }

        Dictionary<string, ulong> found = new(StringComparer.Ordinal);
        foreach ((string name, ulong? address) in wanted)
        {
            if (address is not null)
            {
                found.Add(name, address.Value);
            }
        }

        return found;
    }

    /// <summary>Whether there is a symbol of this name; false where the kernel gives no list.</summary>
    public bool Has(string name)
    {
        // In the middle of a line: "<address> <type> <name>", then the end of the line or a tab and the module.
        ReadOnlySpan<byte> text = files.TryReadBytes(Path);
        return text.IndexOf(Encoding.UTF8.GetBytes($" {name}\n")) >= 0
            || text.IndexOf(Encoding.UTF8.GetBytes($" {name}\t")) >= 0;
    }

    // A line: "ffffffff81000000 T _stext" or "ffffffffc0a01000 t nf_hook\t[nf_tables]".
    private static void Note(
        ReadOnlySpan<byte> line, Dictionary<string, ulong?>.AlternateLookup<ReadOnlySpan<char>> wanted)
    {
        if (!Utf8Parser.TryParse(line, out ulong address, out int length, 'x') || line.Length < length + 4)
        {
            return;
        }

        ReadOnlySpan<byte> bytes = NameOf(line[(length + 3)..], kind: line[length + 1]);
        Span<char> name = stackalloc char[LongestName];
        if (bytes.Length > LongestName)
        {
            return;
        }

        name = name[..Encoding.UTF8.GetChars(bytes, name)];
        if (!wanted.TryGetValue(name, out ulong? known))
        {
            return;
        }

        if (known is not null && known != address)
        {
            throw new KernelFeatureException(
                $"kernel symbol {name}",
                string.Create(CultureInfo.InvariantCulture, $"the name stands for 0x{known:x} and for 0x{address:x}"));
        }

        wanted[name] = address;
    }

    // Link-time optimisation renames static variables: "counter.llvm.1234" is the "counter" of the source.
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> rest, byte kind)
    {
        int end = rest.IndexOfAny((byte)'\t', (byte)' ');
        ReadOnlySpan<byte> name = end < 0 ? rest : rest[..end];
        int suffix = kind == 'd' ? name.IndexOf(".llvm."u8) : -1;
        return suffix < 0 ? name : name[..suffix];
    }
}
