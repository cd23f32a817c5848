using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>The type that a program is bound to when it is loaded.</summary>
/// <param name="TypeId">Its id: <c>attach_btf_id</c>; 0 for a program that is not bound.</param>
/// <param name="Module">The BTF of the module that holds it; null for the kernel itself. Owned by this value.</param>
/// <param name="Program">The program in whose BTF the type is, or null. Not owned.</param>
internal readonly record struct AttachBtf(
    uint TypeId, SafeFdHandle? Module = null, SafeFdHandle? Program = null) : IDisposable
{
    public void Dispose() => Module?.Dispose();
}
