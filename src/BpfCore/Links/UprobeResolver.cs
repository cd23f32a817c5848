using BpfCore.Elf;
using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>Turns the names of functions into offsets in their file, as the kernel takes them.</summary>
internal static class UprobeResolver
{
    /// <summary>Where a function, or an instruction in it, lies.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="BpfFormatException">It is no ELF file of this machine, or damaged.</exception>
    /// <exception cref="InvalidOperationException">It has no such function, or several.</exception>
    public static UprobeTarget Resolve(UprobeSymbolTarget target)
    {
        string path = ExecutableSearch.Resolve(target.Path);
        if (target.Symbol.Length == 0)
        {
            return new UprobeTarget(path, target.Offset, target.IsReturn);
        }

        using ElfImage image = Open(path);
        ulong offset = new ElfFunctionFinder(image).FindOffset(target.Symbol);
        return new UprobeTarget(path, unchecked(offset + target.Offset), target.IsReturn);
    }

    /// <summary>Opens a file whose code can run on this machine.</summary>
    public static ElfImage Open(string path)
    {
        ElfImage image = ElfImage.Open(path);
        try
        {
            ElfMachine.Check(image);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }
}
