using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfCore.Specs;

namespace BpfCore.Objects;

/// <summary>A global variable of a loaded object, shared with its running programs.</summary>
public sealed class BpfVariable
{
    private readonly VariableSpec _spec;
    private readonly DataSection _section;

    internal BpfVariable(VariableSpec spec, DataSection section)
    {
        _spec = spec;
        _section = section;
    }

    /// <summary>Name in the source.</summary>
    public string Name => _spec.Name;

    /// <summary>Size in bytes.</summary>
    public uint Size => _spec.Size;

    /// <summary>Whether the variable can no longer be set (<c>const volatile</c>, in <c>.rodata</c>).</summary>
    public bool IsConstant => _spec.IsConstant;

    /// <summary>
    /// Whether the variable lies in memory that this process shares with the programs (<see cref="Span"/>): since
    /// Linux 5.5, for sections with global variables.
    /// </summary>
    public bool IsMapped => _section.IsMapped;

    /// <summary>
    /// The variable itself, in the memory that programs read and write: changes are seen at once, on both sides.
    /// </summary>
    /// <remarks>
    /// Valid until the object is disposed; using it afterwards ends the process. Reads and writes of up to 8 aligned
    /// bytes are whole; for more use <see cref="System.Threading.Interlocked"/> or a lock that programs know.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// The variable is a constant, or the kernel does not let the section be mapped (before 5.5, or because it holds
    /// static variables alone): use <see cref="Get"/> and <see cref="Set"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public Span<byte> Span
    {
        get
        {
            ThrowIfConstant();
            return _section.TryGetSpan((int)_spec.Offset, (int)Size, out Span<byte> span)
                ? span
                : throw new InvalidOperationException(
                    $"variable {Name} is not in shared memory on this kernel; use {nameof(Get)} and {nameof(Set)}");
        }
    }

    /// <summary>The variable as a reference: <c>ref ulong hits = ref variable.Ref&lt;ulong&gt;()</c>.</summary>
    /// <typeparam name="T">A type of the variable's size.</typeparam>
    /// <remarks>As <see cref="Span"/>; it may be given to <see cref="System.Threading.Interlocked"/>.</remarks>
    /// <exception cref="ArgumentException">The sizes differ; the message names both.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Span"/>.</exception>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public ref T Ref<T>()
        where T : unmanaged
    {
        _spec.CheckSize(Unsafe.SizeOf<T>(), typeof(T).Name);
        return ref MemoryMarshal.AsRef<T>(Span);
    }

    /// <summary>The value now.</summary>
    /// <typeparam name="T">A type of the variable's size.</typeparam>
    /// <exception cref="ArgumentException">The sizes differ; the message names both.</exception>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public T Get<T>()
        where T : unmanaged
    {
        _spec.CheckSize(Unsafe.SizeOf<T>(), typeof(T).Name);
        T value = default;
        _section.Read((int)_spec.Offset, MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>Changes the value.</summary>
    /// <typeparam name="T">A type of the variable's size.</typeparam>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The sizes differ; the message names both.</exception>
    /// <exception cref="InvalidOperationException">
    /// The variable is a constant; it is set in the spec before the load.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void Set<T>(T value)
        where T : unmanaged
    {
        _spec.CheckSize(Unsafe.SizeOf<T>(), typeof(T).Name);
        ThrowIfConstant();
        _section.Write((int)_spec.Offset, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
    }

    private void ThrowIfConstant()
    {
        if (IsConstant)
        {
            throw new InvalidOperationException(
                $"variable {Name} is a constant of the loaded programs; set it in the spec before the load");
        }
    }
}
