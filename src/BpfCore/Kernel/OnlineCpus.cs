using System.Text;
using Microsoft.Win32.SafeHandles;

namespace BpfCore.Kernel;

/// <summary>
/// The CPUs that are online, looked up again and again: as long as they do not change, that allocates nothing.
/// </summary>
internal sealed class OnlineCpus : IDisposable
{
    private const string ListPath = "sys/devices/system/cpu/online";

    private const int LongestList = 4096; // what sysfs shows of a list ends with a page

    private readonly SafeFileHandle _file;
    private readonly byte[] _text = new byte[LongestList];
    private int _length;

    /// <exception cref="KernelFeatureException">The list cannot be read.</exception>
    public OnlineCpus(KernelFiles files)
    {
        try
        {
            _file = File.OpenHandle(files.PathOf(ListPath));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelFeatureException(ListPath, "the file is missing or may not be read", e);
        }

        Current = CpuSet.Parse("0");
        Refresh();
    }

    /// <summary>The CPUs at the last look.</summary>
    public CpuSet Current { get; private set; }

    /// <summary>Looks again.</summary>
    /// <returns>Whether the list changed.</returns>
    /// <exception cref="KernelFeatureException">The list cannot be read.</exception>
    public bool Refresh()
    {
        Span<byte> text = stackalloc byte[LongestList];
        text = text[..RandomAccess.Read(_file, text, fileOffset: 0)];
        if (text.SequenceEqual(_text.AsSpan(0, _length)))
        {
            return false;
        }

        Current = Parse(text);
        text.CopyTo(_text);
        _length = text.Length;
        return true;
    }

    public void Dispose() => _file.Dispose();

    private static CpuSet Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return CpuSet.Parse(Encoding.ASCII.GetString(text));
        }
        catch (FormatException e)
        {
            throw new KernelFeatureException(ListPath, e.Message, e);
        }
    }
}
