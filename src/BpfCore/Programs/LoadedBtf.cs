using BpfCore.Linking;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>Owner of an object's types in the kernel.</summary>
/// <param name="handle">Its descriptor.</param>
/// <param name="hasFunctions">
/// Whether the kernel knows the functions in it, which function information refers to.
/// </param>
internal sealed class LoadedBtf(SafeFdHandle handle, bool hasFunctions) : IDisposable
{
    /// <summary>The descriptor.</summary>
    public SafeFdHandle Handle => handle;

    /// <summary>
    /// The types of functions that this kernel has to be shown otherwise than the object declares them; null when it
    /// takes them as they are.
    /// </summary>
    public ContextArguments? Arguments { get; set; }

    /// <summary>Whether function and line information can be sent with programs.</summary>
    public bool HasFunctions => hasFunctions;

    public void Dispose() => handle.Dispose();
}
