using System.Runtime.InteropServices;

namespace BpfCore.Syscalls;

/// <summary>Strings as the kernel takes a list of them: addresses of bytes that end with a NUL.</summary>
internal sealed class NativeStrings : IDisposable
{
    private readonly nint[] _pointers;

    public NativeStrings(IReadOnlyList<string> texts)
    {
        _pointers = new nint[texts.Count];
        for (int i = 0; i < _pointers.Length; i++)
        {
            _pointers[i] = Marshal.StringToCoTaskMemUTF8(texts[i]);
        }
    }

    /// <summary>The addresses, valid until disposal.</summary>
    public ReadOnlySpan<nint> Pointers => _pointers;

    public void Dispose()
    {
        for (int i = 0; i < _pointers.Length; i++)
        {
            Marshal.FreeCoTaskMem(_pointers[i]);
            _pointers[i] = 0;
        }
    }
}
