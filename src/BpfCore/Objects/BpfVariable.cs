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
        if (IsConstant)
        {
            throw new InvalidOperationException(
                $"variable {Name} is a constant of the loaded programs; set it in the spec before the load");
        }

        _section.Write((int)_spec.Offset, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
    }
}
