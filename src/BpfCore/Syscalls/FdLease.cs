using System.Runtime.InteropServices;

namespace BpfCore.Syscalls;

/// <summary>The number of an open file descriptor, borrowed for the duration of a call.</summary>
internal readonly ref struct FdLease
{
    private readonly SafeHandle? _owner;

    public FdLease(SafeHandle owner)
    {
        bool added = false;
        owner.DangerousAddRef(ref added);
        _owner = owner;
        Value = (int)owner.DangerousGetHandle();
    }

    /// <summary>The descriptor.</summary>
    public int Value { get; }

    /// <summary>Borrows a descriptor that may be absent; its value is then 0, as <c>bpf(2)</c> writes "none".</summary>
    public static FdLease Optional(SafeHandle? owner) => owner is null ? default : new FdLease(owner);

    public void Dispose() => _owner?.DangerousRelease();
}
