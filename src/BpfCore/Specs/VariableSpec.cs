using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfCore.Btf;

namespace BpfCore.Specs;

/// <summary>
/// A global variable of an object. Its value may be changed until the object is loaded; constants
/// (<c>const volatile</c>) are known to the verifier from then on.
/// </summary>
public sealed class VariableSpec
{
    internal VariableSpec(string name, MapSpec map, uint offset, uint size, BtfTypeId typeId, BtfLinkage linkage)
    {
        Name = name;
        Map = map;
        Offset = offset;
        Size = size;
        TypeId = typeId;
        Linkage = linkage;
    }

    /// <summary>Name in the source.</summary>
    public string Name { get; }

    /// <summary>The map that holds its section.</summary>
    public MapSpec Map { get; }

    /// <summary>Offset in the value of <see cref="Map"/>, in bytes.</summary>
    public uint Offset { get; }

    /// <summary>Size in bytes.</summary>
    public uint Size { get; }

    /// <summary>BTF type in the object's BTF.</summary>
    public BtfTypeId TypeId { get; }

    /// <summary>
    /// Whether the variable is global, static (of a source file or a function), or the kernel's (<c>.kconfig</c>).
    /// </summary>
    public BtfLinkage Linkage { get; }

    /// <summary>True when programs can only read it (<c>.rodata</c>).</summary>
    public bool IsConstant => Map.IsFrozen;

    /// <summary>The variable's bytes, which may be written to.</summary>
    public Span<byte> Bytes => Map.Contents!.Value.Span.Slice((int)Offset, (int)Size);

    /// <summary>Sets the initial value.</summary>
    /// <typeparam name="T">A type of the variable's size.</typeparam>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The sizes differ; the message names both.</exception>
    public void Set<T>(T value)
        where T : unmanaged
    {
        CheckSize(Unsafe.SizeOf<T>(), typeof(T).Name);
        MemoryMarshal.Write(Bytes, in value);
    }

    /// <summary>The initial value.</summary>
    /// <typeparam name="T">A type of the variable's size.</typeparam>
    /// <exception cref="ArgumentException">The sizes differ; the message names both.</exception>
    public T Get<T>()
        where T : unmanaged
    {
        CheckSize(Unsafe.SizeOf<T>(), typeof(T).Name);
        return MemoryMarshal.Read<T>(Bytes);
    }

    /// <summary>The initial value as a reference: <c>spec.Variables["minimum"].Ref&lt;ulong&gt;() = 5;</c>.</summary>
    /// <typeparam name="T">A type of the variable's size.</typeparam>
    /// <exception cref="ArgumentException">The sizes differ; the message names both.</exception>
    public ref T Ref<T>()
        where T : unmanaged
    {
        CheckSize(Unsafe.SizeOf<T>(), typeof(T).Name);
        return ref MemoryMarshal.AsRef<T>(Bytes);
    }

    /// <inheritdoc/>
    public override string ToString() => $"variable {Name}";

    internal void CheckSize(int size, string type)
    {
        if (size != Size)
        {
            throw new ArgumentException($"variable {Name} has {Size} bytes, but {type} has {size}");
        }
    }
}
