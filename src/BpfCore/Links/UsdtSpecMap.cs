using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using BpfCore.Maps;
using BpfCore.Programs;

namespace BpfCore.Links;

/// <summary>
/// The map through which programs learn where the arguments of a USDT probe are: <c>__bpf_usdt_specs</c> of libbpf's
/// <c>usdt.bpf.h</c>. A probe's cookie is the index of its element.
/// </summary>
/// <remarks>
/// The header of libbpf 1.7 has a wider element than older ones; the size of the map's values tells which of them the
/// object was compiled with.
/// </remarks>
internal sealed class UsdtSpecMap
{
    private const string Name = "__bpf_usdt_specs";
    private const int ArgumentCount = 12; // BPF_USDT_MAX_ARG_CNT
    private const int ArgumentSize = 16;
    private const int WideArgumentSize = 24;
    private const int Tail = 16; // u64 usdt_cookie, short arg_cnt, padding

    private static readonly ConditionalWeakTable<BpfMap, UsdtSpecMap> s_maps = [];

    private readonly BpfMap _map;
    private readonly int _argumentSize;
    private readonly Stack<uint> _free = new();
    private uint _last;

    private UsdtSpecMap(BpfMap map)
    {
        _map = map;
        _argumentSize = (map.ValueSize - Tail) / ArgumentCount;
    }

    /// <summary>The map of a program's object.</summary>
    /// <exception cref="InvalidOperationException">There is none, or one of another shape.</exception>
    public static UsdtSpecMap Of(BpfProgram program)
    {
        BpfMap? found = null;
        foreach (BpfMap map in program.ObjectMaps.Values)
        {
            found = map.Name == Name ? map : found;
        }

        if (found is null)
        {
            throw new InvalidOperationException($"{program}: its object has no map {Name}; include <bpf/usdt.bpf.h>");
        }

        return found.ValueSize is (ArgumentCount * ArgumentSize) + Tail or (ArgumentCount * WideArgumentSize) + Tail
            ? s_maps.GetValue(found, static map => new UsdtSpecMap(map))
            : throw new InvalidOperationException(
                $"{program}: map {Name} has values of {found.ValueSize} bytes, expected 208 or 304; was it compiled "
                + "with a <bpf/usdt.bpf.h> of a newer libbpf?");
    }

    /// <summary>Writes the description of a probe. Returns its index, which is never 0.</summary>
    /// <exception cref="InvalidOperationException">The map is full, or too old for one of the arguments.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public uint Add(ReadOnlySpan<UsdtArgument> arguments, ulong cookie)
    {
        byte[] value = new byte[_map.ValueSize];
        for (int i = 0; i < arguments.Length; i++)
        {
            Write(value.AsSpan(i * _argumentSize, _argumentSize), arguments[i]);
        }

        Span<byte> tail = value.AsSpan(ArgumentCount * _argumentSize);
        BinaryPrimitives.WriteUInt64LittleEndian(tail, cookie);
        BinaryPrimitives.WriteInt16LittleEndian(tail[sizeof(ulong)..], (short)arguments.Length);

        byte[] key = new byte[sizeof(uint)];
        lock (_free)
        {
            uint index = TakeIndex();
            BinaryPrimitives.WriteUInt32LittleEndian(key, index);
            try
            {
                _map.Update(key, value);
                return index;
            }
            catch
            {
                _free.Push(index);
                throw;
            }
        }
    }

    /// <summary>Gives an index back, once no program can see it any more.</summary>
    public void Remove(uint index)
    {
        lock (_free)
        {
            _free.Push(index);
        }
    }

    // A cookie of 0 would look like none: the element of that index stays unused.
    private uint TakeIndex()
    {
        if (_free.TryPop(out uint index))
        {
            return index;
        }

        return _last + 1 < _map.MaxEntries
            ? ++_last
            : throw new InvalidOperationException(
                $"map {Name} is full: raise its MaxEntries in the spec (BPF_USDT_MAX_SPEC_CNT), now {_map.MaxEntries}");
    }

    // struct __bpf_usdt_arg_spec: u64 val_off, then the kind, and reg_off, arg_signed, arg_bitshift at the end of the
    // narrow element or behind the index register of the wide one.
    private void Write(Span<byte> element, in UsdtArgument argument)
    {
        bool isWide = _argumentSize == WideArgumentSize;
        if (argument.Kind == UsdtArgumentKind.ScaledMemory && !isWide)
        {
            throw new InvalidOperationException(
                "an argument is at an index register, which <bpf/usdt.bpf.h> knows since libbpf 1.7; "
                + "recompile the object");
        }

        BinaryPrimitives.WriteInt64LittleEndian(element, argument.Value);
        element[8] = (byte)argument.Kind;
        if (isWide)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(
                element[10..], (ushort)(argument.Index | (argument.ScaleShift << 12)));
        }

        Span<byte> rest = element[(isWide ? 14 : 12)..];
        BinaryPrimitives.WriteInt16LittleEndian(rest, (short)argument.Register);
        rest[2] = argument.IsSigned ? (byte)1 : (byte)0;
        rest[3] = (byte)(64 - (argument.Size * 8));
    }
}
