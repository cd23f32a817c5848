using System.Globalization;
using System.Runtime.InteropServices;
using BpfCore.Links;

namespace BpfCore.KernelTests.Links;

/// <summary>Where a function of libc lies in its file, found through the mapping of this process.</summary>
internal static class LibCFunction
{
    public static UprobeTarget Target(string name)
    {
        nint library = NativeLibrary.Load("libc.so.6");
        ulong address = (ulong)NativeLibrary.GetExport(library, name);
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] range = fields[0].Split('-');
            ulong start = Hexadecimal(range[0]);
            if (address >= start && address < Hexadecimal(range[1]))
            {
                return new UprobeTarget(fields[5], address - start + Hexadecimal(fields[2]), IsReturn: false);
            }
        }

        throw new InvalidOperationException($"no mapping holds {name}");
    }

    private static ulong Hexadecimal(string text) =>
        ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
