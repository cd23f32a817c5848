namespace BpfCore.Specs;

/// <summary>A system call, whatever the kernel calls the function behind it (<c>ksyscall/</c>).</summary>
/// <param name="Name">Name of the call without a prefix, for example <c>openat</c>.</param>
/// <param name="IsReturn">True for the return of the call (<c>kretsyscall/</c>).</param>
public sealed record SyscallTarget(string Name, bool IsReturn) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"{(IsReturn ? "kretsyscall" : "ksyscall")}/{Name}";
}
