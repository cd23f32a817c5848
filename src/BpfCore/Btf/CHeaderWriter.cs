using BpfCore.Btf.CSyntax;

namespace BpfCore.Btf;

/// <summary>Types as a header for C programs: <c>vmlinux.h</c>, of any BTF.</summary>
/// <remarks>
/// <para>
/// Every structure has the very layout of the BTF when clang compiles it for BPF. Types that C could not tell apart by
/// their names are given flavours (<c>name___2</c>), which CO-RE relocation ignores.
/// </para>
/// <para>
/// Macros that the header obeys: <c>BPF_NO_PRESERVE_ACCESS_INDEX</c> leaves out CO-RE relocation of all accesses.
/// </para>
/// </remarks>
public static class CHeaderWriter
{
    private const string Opening =
        """
        #ifndef __VMLINUX_H__
        #define __VMLINUX_H__

        #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
        #pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
        #endif


        """;

    private const string Closing =
        """

        #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
        #pragma clang attribute pop
        #endif

        #endif /* __VMLINUX_H__ */

        """;

    /// <summary>Writes all types of a file, and those of its base that they need.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Receives the text; lines end in a newline character.</param>
    /// <exception cref="BpfFormatException">A type contains itself, or nests deeper than any real one.</exception>
    public static void Write(BtfFile file, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(output);
        output.Write(Opening);
        new DeclarationOrder(file, output).Write();
        output.Write(Closing);
    }
}
