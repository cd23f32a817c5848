using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Objects;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Tests.Btf;
using BpfCore.Tests.Kernel;

namespace BpfCore.Tests.Objects;

/// <summary>
/// An object, <c>live/events.bpf.c</c> if no other, and the little of a kernel's types that it attaches to.
/// </summary>
internal sealed class LoadFixture(string path = "live/events.bpf.o") : IDisposable
{
    private readonly FakeTree _tree = new FakeTree().With("sys/kernel/btf/vmlinux", KernelTypes());

    public BpfObjectSpec Spec { get; } =
        BpfObjectSpec.Read(Fixtures.Read(path), Path.GetFileName(path));

    /// <summary>Loads the object into a kernel.</summary>
    public BpfObject Load(SyscallGate kernel, BpfObserver? observer = null)
    {
        SystemCalls calls = new(kernel, observer, static (call, error) => $"advice for {error}");
        BpfLoadOptions options = new() { Observer = observer };
        return new ObjectLoader(Spec, options, calls, new KernelBtfCache(_tree.Files, calls)).Load();
    }

    public void Dispose() => _tree.Dispose();

    private static byte[] KernelTypes()
    {
        BtfBuilder builder = new();
        builder.Typedef("btf_trace_sys_enter", builder.Pointer(0));
        return builder.Build();
    }
}
