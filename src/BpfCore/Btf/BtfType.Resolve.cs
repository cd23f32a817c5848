namespace BpfCore.Btf;

public readonly partial struct BtfType
{
    // libbpf's MAX_RESOLVE_DEPTH. Real chains have a handful of links; this only ends the loops of damaged data.
    private const int MaximumDepth = 32;

    /// <summary>The type behind all typedefs, qualifiers and type tags.</summary>
    /// <exception cref="BpfFormatException">The chain does not end within 32 links.</exception>
    public BtfType SkipModifiersAndTypedefs()
    {
        BtfType type = this;
        for (int depth = 0; depth < MaximumDepth; depth++)
        {
            if (!type.IsModifier && type.Kind != BtfKind.Typedef)
            {
                return type;
            }

            type = type.Target;
        }

        throw Error("its chain of typedefs and qualifiers does not end");
    }

    /// <summary>The type behind all qualifiers and type tags; typedefs are kept.</summary>
    /// <exception cref="BpfFormatException">The chain does not end within 32 links.</exception>
    public BtfType SkipModifiers()
    {
        BtfType type = this;
        for (int depth = 0; depth < MaximumDepth; depth++)
        {
            if (!type.IsModifier)
            {
                return type;
            }

            type = type.Target;
        }

        throw Error("its chain of qualifiers does not end");
    }

    /// <summary>Size in bytes of a value of this type (libbpf's <c>btf__resolve_size</c>).</summary>
    /// <param name="size">The size; 0 when the method returns false.</param>
    /// <returns>False when values of this type have no size: void, a function, a forward declaration.</returns>
    /// <exception cref="BpfFormatException">
    /// The types nest deeper than 32 levels, or the size exceeds 4 GiB.
    /// </exception>
    public bool TryResolveSize(out uint size)
    {
        BtfType type = this;
        ulong count = 1;
        for (int depth = 0; depth < MaximumDepth; depth++)
        {
            switch (type.Kind)
            {
                case BtfKind.Int or BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64
                    or BtfKind.DataSection or BtfKind.Float:
                    size = Multiply(count, type.Size);
                    return true;
                case BtfKind.Pointer:
                    size = Multiply(count, File.PointerSize);
                    return true;
                case BtfKind.Array:
                    BtfArray array = type.Array;
                    count = Multiply(count, array.Count);
                    type = File[array.ElementTypeId];
                    break;
                case BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag
                    or BtfKind.Variable or BtfKind.DeclarationTag:
                    type = type.Target;
                    break;
                default:
                    size = 0;
                    return false;
            }
        }

        throw Error("its types nest deeper than 32 levels");
    }

    /// <summary>Size in bytes of a value of this type.</summary>
    /// <exception cref="BpfFormatException">Values of this type have no size.</exception>
    public uint ResolveSize() =>
        TryResolveSize(out uint size) ? size : throw Error("a value of this type has no size");

    private uint Multiply(ulong count, uint size)
    {
        ulong product = count * size;
        return product <= uint.MaxValue ? (uint)product : throw Error($"its size of {count} x {size} bytes overflows");
    }
}
