using BpfCore;
using BpfCore.Btf;
using BpfCore.Linking;
using BpfCore.Objects;
using BpfCore.Specs;

namespace BpfDump.Relocation;

/// <summary>Relocates one object after the other against the same types, which are indexed once.</summary>
/// <param name="kernelTypes">BTF of the kernel.</param>
/// <param name="output">Receives a line for each object.</param>
internal sealed class ObjectRelocator(BtfFile kernelTypes, TextWriter output)
{
    /// <summary>Writes an object's line. One that cannot be read or relocated has a line that says why.</summary>
    /// <param name="path">Path of the object.</param>
    public void Write(string path)
    {
        output.Write(Line(path, Path.GetFileName(path)));
        output.Write('\n');
    }

    /// <summary>Writes the lines of all objects that a file lists.</summary>
    /// <param name="listPath">Path of the list: a path on each line; empty lines are left out.</param>
    /// <exception cref="IOException">The list cannot be read.</exception>
    public void WriteAll(string listPath)
    {
        foreach (string path in File.ReadLines(listPath))
        {
            if (!string.IsNullOrWhiteSpace(path))
            {
                Write(path.Trim());
            }
        }
    }

    private string Line(string path, string name)
    {
        try
        {
            return RelocationLine.Of(name, RelocatedObject.Relocate(
                BpfObjectSpec.ReadFile(path), kernelTypes, RunningKernel.Facts));
        }
        catch (Exception error) when (error is BpfException or IOException or UnauthorizedAccessException)
        {
            return RelocationLine.OfUnreadable(name, error.Message);
        }
    }
}
