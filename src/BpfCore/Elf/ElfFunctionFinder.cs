using System.Text;

namespace BpfCore.Elf;

/// <summary>Finds functions in the symbol tables of a program or library.</summary>
internal sealed class ElfFunctionFinder(ElfImage image)
{
    /// <summary>Where a function begins in the file, in bytes.</summary>
    /// <param name="name">Its name, with a version behind an <c>@</c> or two, or without one.</param>
    /// <exception cref="InvalidOperationException">There is none, or several of this name that differ.</exception>
    public ulong FindOffset(string name)
    {
        int at = name.IndexOf('@', StringComparison.Ordinal);
        byte[] plain = Encoding.UTF8.GetBytes(at > 0 ? name[..at] : name);
        byte[]? version = at > 0 ? Encoding.UTF8.GetBytes(name[at..].TrimStart('@')) : null;

        // Symbols for the dynamic linker first: they are the ones with versions, and stripping leaves them.
        ReadOnlySpan<ElfSectionKind> kinds = [ElfSectionKind.DynamicSymbolTable, ElfSectionKind.SymbolTable];
        foreach (ElfSectionKind kind in kinds)
        {
            ElfFunctionMatch match = new(name, image.Path);
            foreach (ElfSectionHeader table in image.Sections)
            {
                if (table.Kind == kind)
                {
                    Search(new ElfFunctionTable(image, table), plain, version, match);
                }
            }

            if (match.Address is ulong address)
            {
                return OffsetOf(address, name);
            }
        }

        throw new InvalidOperationException(
            $"{image.Path} has no function {name}; it may be inlined, or stripped from the symbols (nm, nm -D)");
    }

    /// <summary>Where all functions begin whose names a pattern matches, ascending and each once.</summary>
    /// <exception cref="InvalidOperationException">None matches.</exception>
    public ulong[] FindOffsets(Func<string, bool> matches, string pattern)
    {
        SortedSet<ulong> offsets = [];
        foreach (ElfSectionHeader section in image.Sections)
        {
            if (section.Kind is not (ElfSectionKind.DynamicSymbolTable or ElfSectionKind.SymbolTable))
            {
                continue;
            }

            ElfFunctionTable table = new(image, section);
            for (int index = 0; index < table.Count; index++)
            {
                if (table.TryRead(index, out ElfFunctionSymbol symbol)
                    && matches(Encoding.UTF8.GetString(Plain(symbol.Name)))
                    && image.FindSegment(symbol.Address) is ElfSegment { IsExecutable: true } segment)
                {
                    offsets.Add(segment.OffsetOf(symbol.Address));
                }
            }
        }

        return offsets.Count > 0
            ? [.. offsets]
            : throw new InvalidOperationException($"{image.Path} has no function that matches {pattern}");
    }

    private static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> name)
    {
        int at = name.IndexOf((byte)'@');
        return at < 0 ? name : name[..at];
    }

    private static void Search(ElfFunctionTable table, byte[] plain, byte[]? version, ElfFunctionMatch match)
    {
        for (int index = 0; index < table.Count; index++)
        {
            if (table.TryRead(index, out ElfFunctionSymbol symbol)
                && Plain(symbol.Name).SequenceEqual(plain)
                && (version is null || table.VersionOf(index, symbol).SequenceEqual(version)))
            {
                match.Add(symbol.Address, symbol.IsWeak);
            }
        }
    }

    private ulong OffsetOf(ulong address, string name) =>
        image.FindSegment(address) is ElfSegment { IsExecutable: true } segment
            ? segment.OffsetOf(address)
            : throw new InvalidOperationException(
                $"{image.Path}: {name} lies at 0x{address:x}, where the file maps no code; is it for a debugger only?");
}
