namespace BpfCore.Links;

/// <summary>
/// Numbers of rtnetlink(7): <c>include/uapi/linux/netlink.h</c>, <c>rtnetlink.h</c>, <c>if_link.h</c>,
/// <c>pkt_sched.h</c>, <c>pkt_cls.h</c>.
/// </summary>
internal static class NetlinkNative
{
    // struct nlmsghdr: u32 nlmsg_len, u16 nlmsg_type, u16 nlmsg_flags, u32 nlmsg_seq, u32 nlmsg_pid
    public const int NLMSG_HDRLEN = 16;
    public const int NLA_HDRLEN = 4; // struct nlattr: u16 nla_len, u16 nla_type
    public const int NLMSG_ALIGNTO = 4; // NLA_ALIGNTO is the same
    public const ushort NLA_TYPE_MASK = 0x3FFF;
    public const ushort NLA_F_NESTED = 1 << 15;

    public const ushort NLMSG_ERROR = 2;
    public const ushort NLMSG_DONE = 3;

    public const ushort NLM_F_REQUEST = 0x1;
    public const ushort NLM_F_ACK = 0x4;
    public const ushort NLM_F_ECHO = 0x8;
    public const ushort NLM_F_CAPPED = 0x100; // of an answer: without the message that it answers
    public const ushort NLM_F_ACK_TLVS = 0x200; // of an answer: with attributes
    public const ushort NLM_F_REPLACE = 0x100;
    public const ushort NLM_F_EXCL = 0x200;
    public const ushort NLM_F_CREATE = 0x400;
    public const ushort NLM_F_DUMP = 0x300;

    public const ushort NLMSGERR_ATTR_MSG = 1;

    public const ushort RTM_NEWLINK = 16;
    public const ushort RTM_GETLINK = 18;
    public const ushort RTM_SETLINK = 19;
    public const ushort RTM_NEWQDISC = 36;
    public const ushort RTM_DELQDISC = 37;
    public const ushort RTM_NEWTFILTER = 44;
    public const ushort RTM_DELTFILTER = 45;
    public const ushort RTM_GETTFILTER = 46;

    // struct ifinfomsg: u8 ifi_family, pad, u16 ifi_type, s32 ifi_index, u32 ifi_flags, u32 ifi_change
    public const int IFINFOMSG_SIZE = 16;
    public const int IFI_INDEX = 4;

    // struct tcmsg: u8 tcm_family, pads, s32 tcm_ifindex, u32 tcm_handle, u32 tcm_parent, u32 tcm_info
    public const int TCMSG_SIZE = 20;
    public const int TCM_IFINDEX = 4;
    public const int TCM_HANDLE = 8;
    public const int TCM_PARENT = 12;
    public const int TCM_INFO = 16;

    public const ushort IFLA_XDP = 43;
    public const ushort IFLA_XDP_FD = 1;
    public const ushort IFLA_XDP_ATTACHED = 2;
    public const ushort IFLA_XDP_FLAGS = 3;
    public const ushort IFLA_XDP_PROG_ID = 4;
    public const ushort IFLA_XDP_DRV_PROG_ID = 5;
    public const ushort IFLA_XDP_SKB_PROG_ID = 6;
    public const ushort IFLA_XDP_HW_PROG_ID = 7;
    public const ushort IFLA_XDP_EXPECTED_FD = 8;

    public const uint XDP_FLAGS_UPDATE_IF_NOEXIST = 1 << 0;
    public const uint XDP_FLAGS_REPLACE = 1 << 4;

    public const ushort TCA_KIND = 1;
    public const ushort TCA_OPTIONS = 2;
    public const ushort TCA_BPF_FD = 6;
    public const ushort TCA_BPF_NAME = 7;
    public const ushort TCA_BPF_FLAGS = 8;
    public const ushort TCA_BPF_ID = 11;
    public const uint TCA_BPF_FLAG_ACT_DIRECT = 1 << 0;

    public const uint TC_H_CLSACT = 0xFFFF_FFF1;
    public const uint TC_H_MAJ_MASK = 0xFFFF_0000;
    public const uint TC_H_MIN_INGRESS = 0xFFF2;
    public const uint TC_H_MIN_EGRESS = 0xFFF3;
    public const ushort ETH_P_ALL = 3;
}
